#include <git2.h>

// libgit2's one variadic call, an option at a time.

static inline int writ_git_option_strict_objects(int on) {
  return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, on);
}

static inline int writ_git_option_sync_files(int on) {
  return git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, on);
}

static inline int writ_git_option_open_packs(unsigned int count) {
  return git_libgit2_opts(GIT_OPT_SET_MWINDOW_FILE_LIMIT, (size_t)count);
}

static inline int writ_git_option_cache_bytes(long long bytes) {
  return git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)bytes);
}
