"""How often the import system asks Windows for a path until the program of the API is there."""
import nt
import sys

asked, stat = [], nt.stat


def counting(*arguments, **options):
    asked.append(arguments)
    return stat(*arguments, **options)


nt.stat = counting
sys.path.insert(0, sys.argv[1])
from oriel_glance import fixes, imports

fixes.apply('before')
import glance.cmd.api

print(len(asked))
