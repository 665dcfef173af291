"""Compiles Python sources to unchecked-hash bytecode (PEP 552) that holds nothing of this machine.

Standard input: JSON, a list of [source file, name in tracebacks, bytecode file]. Standard output: after each hundred
files a line with their number, then JSON: a list of [source file, reason] for what does not compile.
"""
import importlib.util
import json
import marshal
import multiprocessing
import os
import struct
import sys

UNCHECKED_HASH = 1
# Newer formats share equal objects by their reference counts, which depend on what else the process holds.
MARSHAL_FORMAT = 2


def compile_file(job):
    source_file, name, target = job
    with open(source_file, 'rb') as file:
        source = file.read()
    try:
        code = compile(source, name, 'exec', dont_inherit=True, optimize=0)
    except (SyntaxError, ValueError) as error:
        return [source_file, str(error)]
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, 'wb') as file:
        file.write(importlib.util.MAGIC_NUMBER + struct.pack('<I', UNCHECKED_HASH))
        file.write(importlib.util.source_hash(source))
        file.write(marshal.dumps(code, MARSHAL_FORMAT))
    return None


def main():
    jobs = json.load(sys.stdin)
    failed = []
    with multiprocessing.Pool() as pool:
        for count, failure in enumerate(pool.imap(compile_file, jobs, chunksize=50), 1):
            if failure:
                failed.append(failure)
            if count % 100 == 0:
                print(count, flush=True)
    print(json.dumps(failed))


if __name__ == '__main__':
    main()
