#include "winectl.h"
#include <msi.h>
#include <tlhelp32.h>

static HKEY root_of(const wchar_t *name, size_t length)
{
    static const struct { const wchar_t *name; HKEY key; } roots[] = {
        {L"HKLM", HKEY_LOCAL_MACHINE}, {L"HKEY_LOCAL_MACHINE", HKEY_LOCAL_MACHINE}, {L"HKCU", HKEY_CURRENT_USER},
        {L"HKEY_CURRENT_USER", HKEY_CURRENT_USER}, {L"HKCR", HKEY_CLASSES_ROOT}, {L"HKU", HKEY_USERS}};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (wcslen(roots[i].name) == length && !_wcsnicmp(roots[i].name, name, length))
            return roots[i].key;
    return NULL;
}

static void print_multi(const wchar_t *text, const wchar_t *end)
{
    putchar('[');
    for (const wchar_t *item = text; item < end && *item; item += wcslen(item) + 1) {
        if (item != text)
            putchar(',');
        json_string(stdout, item);
    }
    putchar(']');
}

static void print_value(DWORD type, const BYTE *data, DWORD size)
{
    if (type == REG_DWORD)
        printf("\"DWord\",\"value\":%lu", (unsigned long)*(const DWORD *)data);
    else if (type == REG_QWORD)
        printf("\"QWord\",\"value\":%llu", *(const unsigned long long *)data);
    else if (type == REG_SZ || type == REG_EXPAND_SZ) {
        printf("\"%s\",\"value\":", type == REG_SZ ? "String" : "ExpandString");
        json_string(stdout, (const wchar_t *)data);
    } else if (type == REG_MULTI_SZ) {
        fputs("\"MultiString\",\"value\":", stdout);
        print_multi((const wchar_t *)data, (const wchar_t *)(data + size));
    } else {
        fputs("\"Binary\",\"value\":[", stdout);
        for (DWORD i = 0; i < size; i++)
            printf(i ? ",%u" : "%u", data[i]);
        putchar(']');
    }
}

int registry_value(const wchar_t *path, const wchar_t *name)
{
    static BYTE data[65536 + 2 * sizeof(wchar_t)];
    const wchar_t *rest = wcschr(path, L'\\');
    size_t length = rest ? (size_t)(rest - path) : wcslen(path);
    HKEY root = root_of(path, length), key;
    DWORD type, size = 65536;
    if (!root)
        return json_error(path, ERROR_BAD_PATHNAME);
    LONG error = RegOpenKeyExW(root, rest ? rest + 1 : L"", 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key);
    if (!error)
        error = RegQueryValueExW(key, name, NULL, &type, data, &size);
    if (error == ERROR_FILE_NOT_FOUND && *name == 0 && RegOpenKeyExW(root, rest ? rest + 1 : L"", 0, KEY_READ, &key) == 0)
        puts("{\"exists\":true}"); /* the key is there, without a default value */
    else if (error == ERROR_FILE_NOT_FOUND)
        puts("{\"exists\":false}");
    else if (error)
        return json_error(path, (DWORD)error);
    else {
        fputs("{\"exists\":true,\"type\":", stdout);
        print_value(type, data, size);
        puts("}");
    }
    return 0;
}

static void print_property(const wchar_t *product, const wchar_t *property, const char *key)
{
    wchar_t value[1024] = L"";
    DWORD length = 1024;
    if (MsiGetProductInfoW(product, property, value, &length))
        *value = 0;
    printf(",\"%s\":", key);
    json_string(stdout, value);
}

int msi_products(const wchar_t *upgrade_code)
{
    wchar_t product[39];
    UINT error = 0;
    fputs("{\"products\":[", stdout);
    for (DWORD i = 0; !(error = MsiEnumRelatedProductsW(upgrade_code, 0, i, product)); i++) {
        fputs(i ? ",{\"productCode\":" : "{\"productCode\":", stdout);
        json_string(stdout, product);
        print_property(product, L"VersionString", "version");
        print_property(product, L"InstalledProductName", "name");
        print_property(product, L"InstallLocation", "installLocation");
        putchar('}');
    }
    puts("]}");
    return error == ERROR_NO_MORE_ITEMS ? 0 : 1;
}

int processes(void)
{
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    PROCESSENTRY32W entry = {.dwSize = sizeof entry};
    if (snapshot == INVALID_HANDLE_VALUE)
        return json_error(L"processes", GetLastError());
    fputs("{\"processes\":[", stdout);
    for (BOOL more = Process32FirstW(snapshot, &entry), first = TRUE; more; more = Process32NextW(snapshot, &entry), first = FALSE) {
        printf("%s{\"pid\":%lu,\"parent\":%lu,\"name\":", first ? "" : ",", (unsigned long)entry.th32ProcessID,
               (unsigned long)entry.th32ParentProcessID);
        json_string(stdout, entry.szExeFile);
        putchar('}');
    }
    puts("]}");
    return 0;
}

static BOOL has_recovery(HKEY services, const wchar_t *name)
{
    HKEY key;
    if (RegOpenKeyExW(services, name, 0, KEY_QUERY_VALUE, &key))
        return FALSE;
    BOOL found = !RegQueryValueExW(key, L"FailureActions", NULL, NULL, NULL, NULL);
    RegCloseKey(key);
    return found;
}

/* Names of the services for which something is to be done when they fail. */
int recoverable(void)
{
    HKEY services;
    LONG error = RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"SYSTEM\\CurrentControlSet\\Services", 0, KEY_READ, &services);
    if (error)
        return json_error(L"services", (DWORD)error);
    fputs("{\"services\":[", stdout);
    wchar_t name[256];
    DWORD length = 256;
    BOOL first = TRUE;
    for (DWORD i = 0; !RegEnumKeyExW(services, i, name, &length, NULL, NULL, NULL, NULL); i++, length = 256) {
        if (!has_recovery(services, name))
            continue;
        if (!first)
            putchar(',');
        json_string(stdout, name);
        first = FALSE;
    }
    puts("]}");
    return 0;
}
