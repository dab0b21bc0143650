// Times whole processes, from before the spawn to after the wait, in rounds: each round runs every
// subject once, in an order of its own, so that a slow moment of the machine hits all alike.
//
//   bench_spawn ROUNDS SEED -- [NAME=VALUE...] PROGRAM [WORD...] -- ...
//
// Prints one line per run: subject, nanoseconds, bytes on its stdout. All read the same stdin, each
// from its start. A subject that cannot be started, does not exit with 0, or writes more than a
// pipe holds, ends everything.
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_SUBJECTS = 64 };

struct subject {
  char **environment;
  char **words;
};

static _Noreturn void fail(const char *what, const char *about) {
  fprintf(stderr, "bench_spawn: %s: %s\n", what, about);
  exit(1);
}

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

// xorshift64*: the same seed gives the same orders on every machine.
static uint64_t next_random(uint64_t *state) {
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return *state * UINT64_C(2685821657736338717);
}

static void shuffle(int *order, int count, uint64_t *state) {
  for (int i = count - 1; i > 0; --i) {
    const int j = (int)(next_random(state) % (uint64_t)(i + 1));
    const int kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
}

// The subjects stand in argv, each after a "--": cut there, and where a subject's environment ends.
static int read_subjects(int argc, char **argv, struct subject *subjects) {
  int count = 0;
  for (int i = 3; i < argc; ++count) {
    if (count == MOST_SUBJECTS) fail("too many subjects", argv[i]);
    argv[i++] = NULL;
    const int first = i;
    while (i < argc && strcmp(argv[i], "--") != 0) ++i;
    int program = first;
    while (program < i && strchr(argv[program], '=') != NULL) ++program;
    if (program == i) fail("a subject without a program", argv[0]);
    const size_t names = (size_t)(program - first);
    char **environment = calloc(names + 1, sizeof(char *));
    if (environment == NULL) fail("calloc", strerror(errno));
    if (names > 0) memcpy(environment, argv + first, names * sizeof(char *));
    subjects[count].environment = environment;
    subjects[count].words = argv + program;
  }
  return count;
}

static int64_t drain(int pipe_end) {
  char bytes[4096];
  int64_t total = 0;
  ssize_t got = 0;
  while ((got = read(pipe_end, bytes, sizeof bytes)) > 0) total += got;
  return total;
}

static void run_once(int index, const struct subject *subject,
                     const posix_spawn_file_actions_t *actions, int output) {
  pid_t child = 0;
  int status = 0;
  lseek(STDIN_FILENO, 0, SEEK_SET);
  const int64_t began_ns = now_ns();
  const int failed =
      posix_spawn(&child, subject->words[0], actions, NULL, subject->words, subject->environment);
  if (failed != 0) fail(subject->words[0], strerror(failed));
  if (waitpid(child, &status, 0) != child) fail("waitpid", strerror(errno));
  const int64_t took_ns = now_ns() - began_ns;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fprintf(stderr, "bench_spawn: subject %d ended with wait status %d\n", index, status);
    exit(1);
  }
  printf("%d %" PRId64 " %" PRId64 "\n", index, took_ns, drain(output));
}

int main(int argc, char **argv) {
  struct subject subjects[MOST_SUBJECTS];
  int order[MOST_SUBJECTS];
  if (argc < 5) fail("usage", "ROUNDS SEED -- [NAME=VALUE...] PROGRAM [WORD...] -- ...");
  const long rounds = strtol(argv[1], NULL, 10);
  uint64_t state = strtoull(argv[2], NULL, 10) * 2 + 1;  // never 0, where xorshift stays
  const int count = read_subjects(argc, argv, subjects);
  for (int i = 0; i < count; ++i) order[i] = i;

  int ends[2];
  if (pipe(ends) != 0) fail("pipe", strerror(errno));
  // Neither end may block: what does not fit is the subject's EAGAIN, and shows as its failure.
  for (int i = 0; i < 2; ++i) {
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);

  for (long round = 0; round < rounds; ++round) {
    shuffle(order, count, &state);
    for (int i = 0; i < count; ++i) run_once(order[i], &subjects[order[i]], &actions, ends[0]);
  }
  posix_spawn_file_actions_destroy(&actions);
  for (int i = 0; i < count; ++i) free(subjects[i].environment);
  return fflush(stdout) == 0 ? 0 : 1;
}
