"""Stand-in for PyMI's `wmi`: Wine has no mi.dll. Enough for os-win to import and to ask for the system's version."""


class x_wmi(Exception):
    pass


class x_wmi_timed_out(x_wmi):
    pass


class _Row:
    Version = '10.0.17763'
    Caption = 'Wine'
    ProductType = 3

    def __getattr__(self, name):
        return None


class WMI:
    def __init__(self, *args, **kwargs):
        pass

    def query(self, *args, **kwargs):
        return [_Row()]

    def __getattr__(self, name):
        return lambda *args, **kwargs: [_Row()]
