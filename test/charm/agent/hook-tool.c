/* A hook tool on Windows: hands its words, and what it reads, to the agent of the test, and prints what that answers. */
#include <winsock2.h>
#include <windows.h>
#include <shellapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *buffer;
static size_t used, room;

static void fail(const char *what) {
  fprintf(stderr, "ERROR %s\n", what);
  exit(1);
}

static void put(const char *bytes, size_t length) {
  while (used + length > room) {
    room = room * 2 + 65536;
    buffer = realloc(buffer, room);
    if (!buffer) fail("out of memory");
  }
  memcpy(buffer + used, bytes, length);
  used += length;
}

/* A word, and the zero byte behind it. */
static void put_word(const wchar_t *word) {
  int length = WideCharToMultiByte(CP_UTF8, 0, word, -1, NULL, 0, NULL, NULL);
  char *text = malloc(length);
  WideCharToMultiByte(CP_UTF8, 0, word, -1, text, length, NULL, NULL);
  put(text, length);
  free(text);
}

static void put_input(void) {
  HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
  char part[8192];
  DWORD length;
  while (ReadFile(input, part, sizeof part, &length, NULL) && length > 0) put(part, length);
}

/* `JUJU_AGENT_SOCKET_ADDRESS` is 127.0.0.1:PORT. */
static SOCKET reach_agent(void) {
  WSADATA data;
  struct sockaddr_in address = {.sin_family = AF_INET};
  const char *where = getenv("JUJU_AGENT_SOCKET_ADDRESS");
  const char *port = where ? strchr(where, ':') : NULL;
  SOCKET agent;
  if (!port || WSAStartup(MAKEWORD(2, 2), &data)) fail("no agent is named");
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons((unsigned short)atoi(port + 1));
  agent = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(agent, (struct sockaddr *)&address, sizeof address)) fail("there is no agent");
  return agent;
}

static void ask(SOCKET agent) {
  size_t sent = 0;
  char part[8192];
  int length;
  while (sent < used) {
    length = send(agent, buffer + sent, (int)(used - sent), 0);
    if (length <= 0) fail("the agent is gone");
    sent += length;
  }
  shutdown(agent, SD_SEND);
  used = 0;
  while ((length = recv(agent, part, sizeof part, 0)) > 0) put(part, length);
  put("\0", 1);
}

static void print(DWORD stream, const char *text) {
  DWORD written;
  if (*text) WriteFile(GetStdHandle(stream), text, (DWORD)strlen(text), &written, NULL);
}

int main(void) {
  wchar_t program[MAX_PATH], *name, *end;
  char count[16];
  int words, reads = 0;
  wchar_t **word = CommandLineToArgvW(GetCommandLineW(), &words);
  GetModuleFileNameW(NULL, program, MAX_PATH);
  name = wcsrchr(program, L'\\') + 1;
  end = wcsrchr(name, L'.');
  if (end) *end = 0;
  put(count, snprintf(count, sizeof count, "%d", words - 1) + 1);
  put_word(name);
  for (int i = 1; i < words; i++) {
    put_word(word[i]);
    if (!wcscmp(word[i], L"--file")) reads = 1;
  }
  if (reads) put_input();
  ask(reach_agent());
  if (used < 2) fail("the agent gives no answer");
  const char *stdout_text = buffer + strlen(buffer) + 1;
  print(STD_OUTPUT_HANDLE, stdout_text);
  print(STD_ERROR_HANDLE, stdout_text + strlen(stdout_text) + 1);
  return atoi(buffer);
}
