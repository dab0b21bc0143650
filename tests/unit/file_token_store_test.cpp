// The file token store: places, bindings, reading modes, writes (contract, section 3).
#include "core/file_token_store.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>

#include "core/cancel.h"
#include "core/sidecar.h"
#include "tests/unit/token_store_fixture.h"

namespace {

using namespace bmauth::core;

class FileTokenStoreTest : public TokenStoreTest {};

std::string suffix_of(const std::string& text, std::size_t size) {
  return text.size() < size ? text : text.substr(text.size() - size);
}

// --- Reading ---

TEST_F(FileTokenStoreTest, creates_nothing_and_takes_no_lock_when_it_reads) {
  const auto before = files.all_files();
  files.begin_log();
  auto loaded = store().load(Torn::kAwait);
  ASSERT_TRUE(loaded);
  EXPECT_FALSE(*loaded);
  EXPECT_EQ(files.all_files(), before);
  EXPECT_FALSE(files.get_inode(kDataDir));
  for (const FileOperation& operation : files.log()) {
    EXPECT_TRUE(operation.name == "stat" || operation.name == "open") << operation.name;
  }
}

TEST_F(FileTokenStoreTest, reads_again_only_what_has_changed) {
  files.put_file(kOurFile, text_of(make_record("a")));
  load();
  files.begin_log();
  load();
  for (const FileOperation& operation : files.log()) EXPECT_EQ(operation.name, "stat");
  files.overwrite_file(kOurFile, text_of(make_record("b")));
  EXPECT_EQ(load().record.refresh_token.reveal(), "CANARY-refresh-b");
  files.remove_file(kOurFile);
  auto loaded = store().load(Torn::kAwait);
  ASSERT_TRUE(loaded);
  EXPECT_FALSE(*loaded);
}

TEST_F(FileTokenStoreTest, does_not_trust_the_times_of_a_file_that_was_just_written) {
  files.put_file(kOurFile, text_of(make_record("a")));
  clock.set_unix_ms(files.get_inode(kOurFile)->changed_ns / 1'000'000 + 100);
  load();
  files.begin_log();
  load();
  bool has_opened = false;
  for (const FileOperation& operation : files.log()) has_opened |= operation.name == "open";
  EXPECT_TRUE(has_opened);
}

TEST_F(FileTokenStoreTest, takes_the_first_place_that_holds_a_session) {
  files.put_file(kXdgFile, text_of(make_record("xdg", std::nullopt)));
  EXPECT_EQ(loaded_name(files), "xdg");
  files.put_file(kBmFile, text_of(make_record("bm")));
  EXPECT_EQ(loaded_name(files), "bm");
  files.put_file(kOurFile, text_of(make_record("ours")));
  EXPECT_EQ(loaded_name(files), "ours");
  files.put_file(kConfigJson, "{}");
  EXPECT_EQ(loaded_name(files), "bm");
}

TEST_F(FileTokenStoreTest, looks_at_foreign_places_only_without_a_data_dir_of_its_own) {
  files.put_file(kXdgFile, text_of(make_record("xdg")));
  config.places.is_config_dir_set = true;
  EXPECT_EQ(loaded_name(files, config), "nothing");
}

TEST_F(FileTokenStoreTest, looks_at_the_old_home_place_when_the_data_dir_is_another) {
  config.places.data_dir.value = "/home/u/.config/basic-memory";
  files.put_file(kOurFile, text_of(make_record("home")));
  EXPECT_EQ(loaded_name(files, config), "home");
}

TEST_F(FileTokenStoreTest, looks_at_an_explicit_path_alone) {
  files.put_file(kOurFile, text_of(make_record("ours")));
  config.places.token_file = {"/home/u/tokens.json", Source::kOption, "token_file"};
  EXPECT_EQ(loaded_name(files, config), "nothing");
  files.put_file("/home/u/tokens.json", text_of(make_record("explicit")));
  EXPECT_EQ(loaded_name(files, config), "explicit");
}

TEST_F(FileTokenStoreTest, names_a_corrupt_earlier_place_and_never_skips_it) {
  files.put_file(kOurFile, "{\"access_token\": \"CANARY");
  files.put_file(kBmFile, text_of(make_record("bm")));
  auto loaded = store().load(Torn::kAwait);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, Code::kStoreCorrupt);
  EXPECT_NE(loaded.error().message.find(kOurFile), std::string::npos);
  EXPECT_EQ(loaded.error().message.find("CANARY"), std::string::npos);
  EXPECT_EQ(files.get_file(kOurFile), "{\"access_token\": \"CANARY");
}

TEST_F(FileTokenStoreTest, waits_up_to_a_second_for_a_writer_who_truncates_in_place) {
  for (const std::string torn : {"", "{\"access_token\": \"CANARY"}) {
    files.put_file(kOurFile, torn);
    restart();
    int sleeps = 0;
    clock.before_sleep = [&](std::int64_t) {
      if (++sleeps == 10) files.overwrite_file(kOurFile, text_of(make_record("a")));
    };
    EXPECT_EQ(load().record.refresh_token.reveal(), "CANARY-refresh-a");
    EXPECT_EQ(sleeps, 10);
  }
  clock.before_sleep = {};
  files.put_file(kOurFile, "");
  clock.forget_sleeps();
  EXPECT_EQ(load_error(), Code::kStoreCorrupt);
  EXPECT_EQ(clock.slept_ms(), 1000);
  EXPECT_EQ(load_error(), Code::kStoreCorrupt);
  EXPECT_EQ(clock.slept_ms(), 1000) << "one wait for one content";
}

// --- Bindings ---

TEST_F(FileTokenStoreTest, reports_a_torn_record_at_once_to_those_who_may_not_wait) {
  files.put_file(kOurFile, "{\"access_token\": \"CANARY");
  clock.advance_ms(10'000);  // old enough to be remembered
  auto torn = store().load(Torn::kReport);
  ASSERT_FALSE(torn);
  EXPECT_EQ(torn.error().code, Code::kStoreCorrupt);
  EXPECT_EQ(clock.slept_ms(), 0);

  clock.before_sleep = [&](std::int64_t) {
    files.overwrite_file(kOurFile, text_of(make_record("a")));
  };
  EXPECT_EQ(load().record.refresh_token.reveal(), "CANARY-refresh-a")
      << "those who may wait do, whatever was seen before";
  clock.before_sleep = {};
}

TEST_F(FileTokenStoreTest, passes_over_a_session_of_another_issuer) {
  files.put_file(kOurFile, text_of(make_record("other", kOther)));
  auto loaded = store().load(Torn::kAwait);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, Code::kCredentialNotForOrigin);
  EXPECT_NE(loaded.error().message.find(kOther.issuer), std::string::npos);
  EXPECT_NE(loaded.error().message.find(kInForce.issuer), std::string::npos);
  EXPECT_NE(loaded.error().remedy.find("bmauth logout"), std::string::npos);
  files.put_file(kBmFile, text_of(make_record("mine")));
  EXPECT_EQ(load().record.refresh_token.reveal(), "CANARY-refresh-mine");
}

TEST_F(FileTokenStoreTest, binds_what_bm_wrote_to_what_config_or_default_say) {
  files.put_file(kOurFile, text_of(make_record("bm", std::nullopt)));
  config.recorded = kOther;
  EXPECT_EQ(load_error(), Code::kCredentialNotForOrigin) << "the environment may not choose";
  config.recorded = kInForce;
  restart();
  EXPECT_EQ(load().binding, kInForce);
}

TEST_F(FileTokenStoreTest, binds_what_stands_in_a_foreign_place_to_the_built_in_values) {
  files.put_file(kXdgFile, text_of(make_record("xdg", std::nullopt)));
  config.built_in = kOther;
  EXPECT_EQ(load_error(), Code::kCredentialNotForOrigin);
}

TEST_F(FileTokenStoreTest, believes_a_sidecar_about_the_record_that_it_names_alone) {
  const TokenRecord record = make_record("bm", std::nullopt);
  Sidecar sidecar;
  sidecar.token_digest = record.digest();
  sidecar.state.binding = kOther;
  files.put_file(kOurFile, text_of(record));
  files.put_file(sidecar_path(kOurFile), serialise_sidecar(sidecar));
  EXPECT_EQ(load_error(), Code::kCredentialNotForOrigin);
  files.overwrite_file(kOurFile, text_of(make_record("next", std::nullopt)));
  EXPECT_EQ(load().binding, kInForce);
}

TEST_F(FileTokenStoreTest, keeps_the_endpoints_in_use_in_the_sidecar) {
  TokenRecord record = make_record("a");
  record.binding->token_endpoint = "https://issuer.example/token";
  record.binding->revocation_endpoint = "https://issuer.example/revoke";
  ASSERT_TRUE(store().save_login(*lease(), record));
  EXPECT_EQ(files.get_file(kOurFile)->find("/revoke"), std::string::npos);
  restart();
  EXPECT_EQ(load().binding, *record.binding);
}

TEST_F(FileTokenStoreTest, compares_issuers_without_regard_to_a_last_slash) {
  Binding slashed = kInForce;
  slashed.issuer += "/";
  files.put_file(kOurFile, text_of(make_record("a", slashed)));
  EXPECT_EQ(load().record.refresh_token.reveal(), "CANARY-refresh-a");
}

// --- Reading modes ---

TEST_F(FileTokenStoreTest, closes_a_file_that_others_could_read_and_says_so) {
  files.put_file(kOurFile, text_of(make_record("a")), 0644);
  ASSERT_EQ(load().warnings.size(), 1u);
  EXPECT_EQ(load().warnings.front(), "was readable by others, consider rotating");
  EXPECT_EQ(files.get_inode(kOurFile)->mode, 0600u);
}

TEST_F(FileTokenStoreTest, refuses_a_file_that_anyone_can_write) {
  files.put_file(kOurFile, text_of(make_record("a")), 0666);
  EXPECT_EQ(load_error(), Code::kStorePermissions);
  EXPECT_EQ(files.get_inode(kOurFile)->mode, 0666u);
}

TEST_F(FileTokenStoreTest, uses_a_group_writable_file_and_tightens_it_at_the_next_write) {
  files.put_file(kOurFile, text_of(make_record("a")), 0660);
  EXPECT_FALSE(load().warnings.empty());
  EXPECT_EQ(files.get_inode(kOurFile)->mode, 0660u);
  StoredSession next = load();
  next.state.is_reauth_required = true;
  EXPECT_TRUE(swap(next));
  EXPECT_EQ(files.get_inode(kOurFile)->mode, 0600u);
}

TEST_F(FileTokenStoreTest, refuses_a_file_of_another_user) {
  files.put_file(kOurFile, text_of(make_record("a")), 0644, 4711);
  EXPECT_EQ(load_error(), Code::kStorePermissions);
  files.put_file(kOurFile, text_of(make_record("a")), 0644, 0);
  EXPECT_EQ(load_error(), Code::kOk) << "root's is as good as ours";
}

TEST_F(FileTokenStoreTest, refuses_a_directory_that_is_not_safely_ours) {
  files.put_file(kOurFile, text_of(make_record("a")));
  files.put_directory(kDataDir, 0777);
  EXPECT_EQ(load_error(), Code::kStorePermissions);
  EXPECT_FALSE(store().check_login());
  files.put_directory(kDataDir, 01777);
  EXPECT_EQ(load_error(), Code::kStorePermissions);
  files.put_directory(kDataDir, 0755, 4711);
  EXPECT_EQ(load_error(), Code::kStorePermissions);
  files.put_directory(kDataDir, 0775, 0);
  EXPECT_EQ(load_error(), Code::kStorePermissions);
}

TEST_F(FileTokenStoreTest, makes_its_data_dir_private_at_a_write_and_never_by_a_read) {
  files.put_file(kOurFile, text_of(make_record("a")));
  files.put_directory(kDataDir, 0775);
  EXPECT_EQ(load().warnings.size(), 1u);
  EXPECT_EQ(files.get_inode(kDataDir)->mode, 0775u);
  EXPECT_TRUE(refresh_to("b"));
  EXPECT_EQ(files.get_inode(kDataDir)->mode, 0700u);
}

TEST_F(FileTokenStoreTest, warns_of_several_links) {
  files.put_file(kOurFile, text_of(make_record("a")));
  files.put_link("/home/u/second", kOurFile);
  EXPECT_EQ(load().warnings.size(), 1u);
}

TEST_F(FileTokenStoreTest, follows_a_link_that_its_owner_made_once) {
  files.put_file("/home/u/dotfiles/tokens", text_of(make_record("a")));
  files.put_symlink(kOurFile, "../dotfiles/tokens");
  files.put_directory("/home/u/dotfiles", 0755);
  EXPECT_EQ(load().record.refresh_token.reveal(), "CANARY-refresh-a");
  EXPECT_TRUE(refresh_to("b"));
  EXPECT_EQ(refresh_token_of(*files.get_file("/home/u/dotfiles/tokens")), "CANARY-refresh-b");
  EXPECT_EQ(files.get_inode(kOurFile)->type, FileType::kSymlink);
  EXPECT_TRUE(files.get_file("/home/u/dotfiles/tokens.lock"));
  files.put_symlink("/home/u/dotfiles/tokens", "elsewhere");
  EXPECT_EQ(load_error(), Code::kStorePermissions);
}

TEST_F(FileTokenStoreTest, does_not_follow_a_link_that_others_may_have_made) {
  files.put_file("/home/u/tokens", text_of(make_record("a")));
  files.put_symlink(kOurFile, "/home/u/tokens", 4711);
  EXPECT_EQ(load_error(), Code::kStorePermissions);
  files.put_symlink(kOurFile, "/home/u/tokens");
  files.put_directory(kDataDir, 0770);
  EXPECT_EQ(load_error(), Code::kStorePermissions);
}

TEST_F(FileTokenStoreTest, refuses_what_is_no_file) {
  files.put_other(kOurFile);
  EXPECT_EQ(load_error(), Code::kStorePermissions);
  EXPECT_FALSE(store().check_login());
  files.remove_file(kOurFile);
  files.put_directory(kOurFile);
  EXPECT_EQ(load_error(), Code::kStorePermissions);
}

TEST_F(FileTokenStoreTest, says_that_a_data_dir_is_a_file) {
  files.put_file(kDataDir, "x");
  EXPECT_EQ(load_error(), Code::kStoreIo);
  auto check = store().check_login();
  ASSERT_FALSE(check);
  EXPECT_EQ(check.error().code, Code::kStoreIo);
}

TEST_F(FileTokenStoreTest, uses_a_session_that_it_cannot_write) {
  files.put_file(kOurFile, text_of(make_record("a")));
  EXPECT_TRUE(load().is_writable);
  restart();
  files.set_read_only(true);
  EXPECT_FALSE(load().is_writable);
  EXPECT_FALSE(store().check_login());
  auto held = store().lease(1'000, nullptr);
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().code, Code::kStorePermissions);
}

TEST_F(FileTokenStoreTest, does_not_fail_for_a_foreign_place_that_it_may_not_look_at) {
  files.put_directory("/home/u/.local/share/basic-memory", 0700, 4711);
  files.put_file(kXdgFile, "x", 0600, 4711);
  EXPECT_EQ(loaded_name(files), "nothing");
}

// --- Writing ---

TEST_F(FileTokenStoreTest, keeps_a_login_where_it_was_found_out_to_belong) {
  auto stored = store().save_login(*lease(), make_record("a"));
  ASSERT_TRUE(stored) << stored.error().message;
  EXPECT_EQ(stored->location, kOurFile);
  EXPECT_EQ(stored->binding, kInForce);
  EXPECT_EQ(stored->state.generation, 1u);
  EXPECT_EQ(load().version, stored->version);
  EXPECT_EQ(files.get_inode(kDataDir)->mode, 0700u);
  for (const char* end : {"", ".lock", ".bmauth"}) {
    EXPECT_EQ(files.get_inode(kOurFile + end)->mode, 0600u) << end;
  }
}

TEST_F(FileTokenStoreTest, keeps_a_login_where_bm_looks_once_bm_is_in_use) {
  files.put_file(kConfigJson, "{}");
  EXPECT_EQ(*store().login_path(), kBmFile);
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  EXPECT_EQ(load().location, kBmFile);
  EXPECT_FALSE(files.get_file(kOurFile));
}

TEST_F(FileTokenStoreTest, puts_no_secret_into_lock_or_sidecar) {
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  StoredSession next = load();
  next.state.marker = RefreshState::Marker{next.record.digest(), 1, 1};
  ASSERT_TRUE(swap(next));
  for (const auto& [path, bytes] : files.all_files()) {
    if (path != kOurFile) {
      EXPECT_EQ(bytes.find("CANARY"), std::string::npos) << path;
    }
  }
}

TEST_F(FileTokenStoreTest, does_not_overwrite_the_session_of_another_issuer) {
  files.put_file(kOurFile, text_of(make_record("other", kOther)));
  const auto before = files.get_file(kOurFile);
  auto check = store().check_login();
  ASSERT_FALSE(check);
  EXPECT_EQ(check.error().code, Code::kSessionExists);
  auto stored = store().save_login(*lease(), make_record("a"));
  ASSERT_FALSE(stored);
  EXPECT_EQ(stored.error().code, Code::kSessionExists);
  EXPECT_EQ(files.get_file(kOurFile), before);
}

TEST_F(FileTokenStoreTest, sets_a_corrupt_file_aside_at_a_login) {
  files.put_file(kOurFile, "torn");
  EXPECT_TRUE(store().check_login());
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  EXPECT_EQ(load().record.refresh_token.reveal(), "CANARY-refresh-a");
  bool is_kept = false;
  for (const auto& [path, bytes] : files.all_files()) {
    is_kept |= path.starts_with(kOurFile + ".corrupt-18") && bytes == "torn";
  }
  EXPECT_TRUE(is_kept);
}

TEST_F(FileTokenStoreTest, swaps_only_what_it_expects) {
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  const StoredSession old = load();
  EXPECT_TRUE(refresh_to("b"));
  auto held = lease();
  StoredSession next = old;
  next.record = make_record("c");
  for (const std::optional<StoreVersion>& expected :
       {std::optional<StoreVersion>(old.version), std::optional<StoreVersion>()}) {
    auto written = store().compare_and_swap(*held, expected, next);
    ASSERT_TRUE(written);
    EXPECT_FALSE(*written);
  }
  EXPECT_EQ(load().record.refresh_token.reveal(), "CANARY-refresh-b");
}

TEST_F(FileTokenStoreTest, does_not_replace_a_record_by_one_that_nobody_could_read) {
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  auto saved = store().save_login(*lease(), make_record("two words"));
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().message.find("CANARY"), std::string::npos);
  EXPECT_EQ(load().record.refresh_token.reveal(), "CANARY-refresh-a");
}

TEST_F(FileTokenStoreTest, answers_with_the_version_that_a_load_then_has) {
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  auto held = lease();
  StoredSession next = load();
  next.record = make_record("b");
  auto written = store().compare_and_swap(*held, next.version, next);
  ASSERT_TRUE(written && *written);
  EXPECT_EQ(**written, load().version);
  next = load();
  next.state.is_reauth_required = true;
  written = store().compare_and_swap(*held, next.version, next);
  ASSERT_TRUE(written && *written);
  EXPECT_EQ(**written, load().version);
}

TEST_F(FileTokenStoreTest, notices_a_foreign_writer_at_the_last_moment) {
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  auto held = lease();
  StoredSession next = load();
  next.record = make_record("b");
  files.before_operation = [&](const char* operation, const std::string& path) {
    if (std::string(operation) == "fsync" && path.ends_with(".tmp")) {
      files.overwrite_file(kOurFile, text_of(make_record("bm", std::nullopt)));
    }
  };
  auto written = store().compare_and_swap(*held, next.version, next);
  files.before_operation = {};
  ASSERT_TRUE(written);
  EXPECT_FALSE(*written);
  EXPECT_EQ(load().record.refresh_token.reveal(), "CANARY-refresh-bm");
  for (const std::string& name : files.names_in(kDataDir)) EXPECT_NE(suffix_of(name, 4), ".tmp");
}

TEST_F(FileTokenStoreTest, writes_the_sidecar_alone_when_the_record_is_the_same) {
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  const auto inode = files.get_inode(kOurFile)->changed_ns;
  StoredSession next = load();
  next.state.marker = RefreshState::Marker{next.record.digest(), 1'800'000'000'000, 1};
  EXPECT_TRUE(swap(next));
  EXPECT_EQ(files.get_inode(kOurFile)->changed_ns, inode);
  ASSERT_TRUE(load().state.marker);
  EXPECT_EQ(load().state.generation, 1u);
}

TEST_F(FileTokenStoreTest, writes_nothing_for_a_generation_alone) {
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  const auto before = files.all_files();
  StoredSession next = load();
  next.state.generation += 5;
  EXPECT_TRUE(swap(next));
  EXPECT_EQ(files.all_files(), before);
}

TEST_F(FileTokenStoreTest, counts_generations_upwards_over_refresh_logout_and_login) {
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  EXPECT_TRUE(refresh_to("b"));
  EXPECT_EQ(load().state.generation, 2u);
  ASSERT_TRUE(store().remove_all(*lease()));
  ASSERT_TRUE(store().save_login(*lease(), make_record("c")));
  EXPECT_EQ(load().state.generation, 3u);
}

TEST_F(FileTokenStoreTest, carries_unknown_members_over_a_refresh) {
  TokenRecord record = make_record("a");
  record.unknown_members = R"("later": [1e400])";
  files.put_file(kOurFile, text_of(record));
  EXPECT_TRUE(refresh_to("b"));
  EXPECT_NE(files.get_file(kOurFile)->find(R"("later": [1e400])"), std::string::npos);
  StoredSession next = load();
  next.record = make_record("c");
  EXPECT_TRUE(swap(next));
  EXPECT_NE(files.get_file(kOurFile)->find(R"("later": [1e400])"), std::string::npos);
}

TEST_F(FileTokenStoreTest, forgets_what_it_knew_of_a_token_that_bm_has_replaced) {
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  StoredSession next = load();
  next.state.is_reauth_required = true;
  ASSERT_TRUE(swap(next));
  EXPECT_TRUE(load().state.is_reauth_required);
  files.overwrite_file(kOurFile, text_of(make_record("bm", std::nullopt)));
  EXPECT_FALSE(load().state.is_reauth_required);
  EXPECT_EQ(load().state.generation, 1u);
}

TEST_F(FileTokenStoreTest, treats_a_bad_sidecar_as_none_and_sets_it_aside_at_a_write) {
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  files.put_file(sidecar_path(kOurFile), "{\"format\": 99}");
  EXPECT_EQ(load().state.generation, 0u);
  EXPECT_EQ(files.get_file(sidecar_path(kOurFile)), "{\"format\": 99}") << "a read changes nothing";
  EXPECT_TRUE(refresh_to("b"));
  EXPECT_EQ(load().state.generation, 1u);
  bool is_kept = false;
  for (const auto& [path, bytes] : files.all_files()) {
    is_kept |=
        path.starts_with(sidecar_path(kOurFile) + ".corrupt-") && bytes == "{\"format\": 99}";
  }
  EXPECT_TRUE(is_kept);
}

TEST_F(FileTokenStoreTest, does_not_take_an_unreadable_sidecar_for_a_bad_one) {
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  restart();
  files.fail_at("open", ".bmauth", 1, file_error(EMFILE, "x"));
  EXPECT_EQ(load_error(), Code::kStoreIo);
  EXPECT_EQ(load_error(), Code::kOk) << "an error that may pass is not remembered";
}

TEST_F(FileTokenStoreTest, keeps_what_was_refreshed_before_anything_was_stored) {
  StoredSession next;
  next.record = make_record("unsaved");
  auto held = lease();
  auto written = store().compare_and_swap(*held, std::nullopt, next);
  ASSERT_TRUE(written && *written);
  EXPECT_EQ(load().version, **written);
}

TEST_F(FileTokenStoreTest, removes_temporary_files_of_killed_processes_before_a_write) {
  const std::string leftover = kDataDir + "/..cloud_tokens.json.bmauth-0123456789abcdef.tmp";
  files.put_file(leftover, "CANARY");
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  EXPECT_FALSE(files.get_file(leftover));
}

// Promise S7.
TEST_F(FileTokenStoreTest, run_by_root_leaves_everything_to_the_owner_of_the_directory) {
  files.put_directory(kDataDir, 0700, 12345);
  files.put_file(kOurFile, text_of(make_record("a")), 0600, 12345);
  files.set_effective_uid(0);
  EXPECT_TRUE(refresh_to("b"));
  for (const std::string& name : files.names_in(kDataDir)) {
    EXPECT_EQ(files.get_inode(kDataDir + "/" + name)->uid, 12345u) << name;
  }
}

// --- Moving from place 2 to 3 ---

TEST_F(FileTokenStoreTest, moves_a_session_to_where_bm_looks_with_the_first_write) {
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  files.put_file(kConfigJson, "{}");
  StoredSession next = load();
  EXPECT_EQ(next.location, kOurFile);
  next.state.marker = RefreshState::Marker{next.record.digest(), 1'800'000'000'000, 1};
  EXPECT_TRUE(swap(next));
  EXPECT_EQ(load().location, kBmFile);
  EXPECT_TRUE(load().state.marker);
  EXPECT_FALSE(files.get_file(kOurFile));
  EXPECT_FALSE(files.get_file(sidecar_path(kOurFile)));
  EXPECT_EQ(refresh_token_of(*files.get_file(kBmFile)), "CANARY-refresh-a");
}

TEST_F(FileTokenStoreTest, does_not_move_a_session_onto_one_of_another_issuer) {
  files.put_file(kOurFile, text_of(make_record("a")));
  files.put_file(kBmFile, text_of(make_record("other", kOther)));
  files.put_file(kConfigJson, "{}");
  EXPECT_TRUE(refresh_to("b"));
  EXPECT_EQ(load().location, kOurFile);
  EXPECT_EQ(refresh_token_of(*files.get_file(kBmFile)), "CANARY-refresh-other");
}

TEST_F(FileTokenStoreTest, removes_the_second_copy_that_a_move_cut_short_has_left) {
  files.put_file(kOurFile, text_of(make_record("a")));
  files.put_file(kBmFile, text_of(make_record("a")));
  files.put_file(kConfigJson, "{}");
  EXPECT_TRUE(refresh_to("b"));
  EXPECT_FALSE(files.get_file(kOurFile));
}

TEST_F(FileTokenStoreTest, replaces_the_older_session_at_place_2_by_a_login_at_place_3) {
  files.put_file(kOurFile, text_of(make_record("old")));
  files.put_file(kConfigJson, "{}");
  ASSERT_TRUE(store().save_login(*lease(), make_record("new")));
  EXPECT_FALSE(files.get_file(kOurFile));
  EXPECT_EQ(load().record.refresh_token.reveal(), "CANARY-refresh-new");
}

TEST_F(FileTokenStoreTest, takes_the_lock_of_place_2_before_that_of_place_3) {
  files.put_file(kConfigJson, "{}");
  files.begin_log();
  auto held = lease();
  std::vector<std::string> locked;
  for (const FileOperation& operation : files.log()) {
    if (operation.name == "flock") locked.push_back(operation.path);
  }
  EXPECT_EQ(locked, (std::vector<std::string>{kOurFile + ".lock", kBmFile + ".lock"}));
}

TEST_F(FileTokenStoreTest, takes_the_other_lock_too_when_config_json_comes_while_it_waits) {
  auto other = files.another_process();
  FileTokenStore other_store(*other, clock, random, config);
  auto held = other_store.lease(0, nullptr);
  ASSERT_TRUE(held);
  clock.before_sleep = [&](std::int64_t) {
    files.put_file(kConfigJson, "{}");
    held->reset();
  };
  auto mine = lease();
  clock.before_sleep = {};
  EXPECT_TRUE(files.is_locked(kBmFile + ".lock"));
}

// --- Leases ---

TEST_F(FileTokenStoreTest, lets_one_holder_in_at_a_time) {
  auto other = files.another_process();
  FileTokenStore other_store(*other, clock, random, config);
  auto held = lease();
  auto busy = other_store.lease(1'000, nullptr);
  ASSERT_FALSE(busy);
  EXPECT_EQ(busy.error().code, Code::kLockTimeout);
  EXPECT_EQ(clock.slept_ms(), 1'000);
  for (const std::int64_t one : clock.sleeps_ms()) EXPECT_LE(one, 50);
  FileTokenStore same_process(files, clock, random, config);
  EXPECT_FALSE(same_process.lease(0, nullptr));
  held.reset();
  EXPECT_TRUE(other_store.lease(0, nullptr));
  EXPECT_TRUE(same_process.lease(0, nullptr));
}

TEST_F(FileTokenStoreTest, stops_waiting_for_a_lease_when_cancelled) {
  auto held = lease();
  Cancel cancel;
  clock.before_sleep = [&](std::int64_t) { cancel.trigger(); };
  FileTokenStore other(files, clock, random, config);
  auto waited = other.lease(10'000, &cancel);
  ASSERT_FALSE(waited);
  EXPECT_EQ(waited.error().code, Code::kCancelled);
}

TEST_F(FileTokenStoreTest, never_unlinks_a_lock_file) {
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  ASSERT_TRUE(store().remove_all(*lease()));
  EXPECT_TRUE(files.get_file(kOurFile + ".lock"));
}

TEST_F(FileTokenStoreTest, does_not_take_a_lock_file_without_a_name_for_a_lock) {
  ASSERT_TRUE(lease());
  bool is_done = false;
  files.before_operation = [&](const char* operation, const std::string& path) {
    if (std::string(operation) != "flock" || is_done) return;
    is_done = true;
    files.remove_file(path);
    files.put_file(path, "");
  };
  auto held = lease();
  files.before_operation = {};
  EXPECT_TRUE(files.is_locked(kOurFile + ".lock"));
}

TEST_F(FileTokenStoreTest, says_when_the_file_system_has_no_locks) {
  EXPECT_TRUE(lease());
  EXPECT_FALSE(store().is_lock_emulated());
  files.set_locks_supported(false);
  EXPECT_TRUE(lease());
  EXPECT_TRUE(store().is_lock_emulated());
}

TEST_F(FileTokenStoreTest, refuses_a_planted_lock_file) {
  files.put_directory(kDataDir);
  files.put_other(kOurFile + ".lock");
  EXPECT_FALSE(store().lease(0, nullptr));
  files.remove_file(kOurFile + ".lock");
  files.put_symlink(kOurFile + ".lock", "/home/u/elsewhere");
  EXPECT_FALSE(store().lease(0, nullptr));
  EXPECT_FALSE(files.get_file("/home/u/elsewhere"));
  files.put_file(kOurFile + ".lock", "", 0666, 4711);
  EXPECT_FALSE(store().lease(0, nullptr));
}

TEST_F(FileTokenStoreTest, refuses_the_lease_of_another_store) {
  auto held = lease();
  FileTokenStore other(files, clock, random, config);
  auto written = other.save_login(*held, make_record("a"));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Code::kInternal);
}

TEST_F(FileTokenStoreTest, makes_no_data_dir_for_a_session_that_stands_elsewhere) {
  files.put_file(kXdgFile, text_of(make_record("xdg", std::nullopt)));
  EXPECT_TRUE(refresh_to("next"));
  EXPECT_FALSE(files.get_inode(kDataDir));
  EXPECT_EQ(load().location, kXdgFile);
  ASSERT_TRUE(store().save_login(*lease(), make_record("login")));
  EXPECT_EQ(load().location, kOurFile);
}

TEST_F(FileTokenStoreTest, is_not_kept_from_a_login_by_a_foreign_place_that_is_read_only) {
  files.put_file(kXdgFile, text_of(make_record("xdg", std::nullopt)));
  files.put_directory("/home/u/.local/share/basic-memory", 0500);
  EXPECT_FALSE(load().is_writable);
  EXPECT_TRUE(store().save_login(*lease(), make_record("login")));
}

// --- Removing and surveying ---

TEST_F(FileTokenStoreTest, removes_the_sessions_of_all_places_at_a_logout) {
  files.put_file(kOurFile, text_of(make_record("ours")));
  files.put_file(kBmFile, text_of(make_record("other", kOther)));
  files.put_file(kXdgFile, text_of(make_record("xdg", std::nullopt)));
  files.put_file(kOurFile + ".corrupt-1700000000", "torn CANARY");
  files.put_file(kOurFile + ".corrupt-mine", "not ours to remove");
  const std::string leftover = kDataDir + "/..cloud_tokens.json.bmauth-0123456789abcdef.tmp";
  files.put_file(leftover, "CANARY");
  auto removal = store().remove_all(*lease());
  ASSERT_TRUE(removal);
  EXPECT_TRUE(removal->left.empty());
  EXPECT_EQ(removal->removed,
            (std::vector<std::string>{kXdgFile, kBmFile, leftover, kOurFile + ".corrupt-1700000000",
                                      kOurFile}));
  for (const auto& [path, bytes] : files.all_files()) {
    EXPECT_EQ(bytes.find("CANARY"), std::string::npos) << path;
  }
  EXPECT_TRUE(files.get_file(kOurFile + ".corrupt-mine"));
}

TEST_F(FileTokenStoreTest, removes_a_corrupt_session_too) {
  files.put_file(kOurFile, "torn CANARY");
  auto removal = store().remove_all(*lease());
  ASSERT_TRUE(removal);
  EXPECT_EQ(removal->removed, std::vector<std::string>{kOurFile});
}

TEST_F(FileTokenStoreTest, names_what_it_could_not_remove) {
  files.put_file(kOurFile, text_of(make_record("a")));
  auto held = lease();
  files.fail("unlink", 1, file_error(EIO, kOurFile), true);
  auto removal = store().remove_all(*held);
  ASSERT_TRUE(removal);
  ASSERT_EQ(removal->left.size(), 1u);
  EXPECT_EQ(removal->left.front().first, kOurFile);
  EXPECT_TRUE(removal->removed.empty());
}

TEST_F(FileTokenStoreTest, does_not_bring_a_session_back_after_a_logout) {
  ASSERT_TRUE(store().save_login(*lease(), make_record("a")));
  StoredSession next = load();
  ASSERT_TRUE(store().remove_all(*lease()));
  next.record = make_record("b");
  auto held = lease();
  auto written = store().compare_and_swap(*held, next.version, next);
  ASSERT_TRUE(written);
  EXPECT_FALSE(*written);
  EXPECT_FALSE(files.get_file(kOurFile));
}

TEST_F(FileTokenStoreTest, surveys_every_place_whatever_its_state) {
  files.put_file(kOurFile, text_of(make_record("other", kOther)));
  files.put_file(kBmFile, text_of(make_record("a")), 0644);
  files.put_file(kXdgFile, "torn");
  const auto rows = store().survey();
  ASSERT_EQ(rows.size(), 3u) << "place 5 is place 2 here";
  EXPECT_EQ(rows[0].number, 2);
  EXPECT_EQ(rows[0].issuer, kOther.issuer);
  EXPECT_FALSE(rows[0].is_in_effect);
  EXPECT_EQ(rows[1].number, 3);
  EXPECT_TRUE(rows[1].is_in_effect);
  EXPECT_EQ(rows[1].warnings.size(), 1u);
  EXPECT_EQ(rows[2].number, 4);
  ASSERT_TRUE(rows[2].error);
  EXPECT_EQ(rows[2].error->code, Code::kStoreCorrupt);
}

}  // namespace
