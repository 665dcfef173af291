"""Reads a file with oslo.config: argv is the file; standard input is JSON, a list of {group, name, kind, brackets, quotes};
standard output is JSON, the values in the same order."""
import json
import sys

from oslo_config import cfg, types


def option(name, kind, brackets=False, quotes=False, **_):
    if kind == "list":
        return cfg.Opt(name, type=types.List(types.String(quotes=quotes), bounds=brackets))
    return {"multi": cfg.MultiStrOpt, "dict": cfg.DictOpt, "scalar": cfg.StrOpt}[kind](name)


wanted = json.load(sys.stdin)
conf = cfg.ConfigOpts()
for entry in wanted:
    conf.register_opt(option(**{k: v for k, v in entry.items() if k != "group"}), entry["group"])
conf(["--config-file", sys.argv[1]], project="test")
json.dump([conf[entry["group"]][entry["name"]] for entry in wanted], sys.stdout)
