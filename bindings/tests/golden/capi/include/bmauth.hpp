// Generated from bindings/spec by bmauth_gen; do not edit.
//
// bmauth 0.2.0 for C++17: classes that own, exceptions that explain. Header only, over
// bmauth.h, whose conventions hold; what follows is what C++ changes.
//
//   - Every class owns one object of the library, can be moved and not copied. A moved-from object
//     may be assigned to and destroyed; other calls throw, getters answer "unknown".
//   - What fails throws bmauth::Error; there are no codes to check.
//   - Views (std::string_view) point into the object and live as long as it: getters that give them
//     cannot be called on a temporary. Copy what has to live longer. What a doc calls SECRET is
//     such a view, so that no copy is made without your doing.
//   - Texts that go in may not contain NUL: Error with Code::kInvalidArgument.
//   - Numbers that this header does not know may arrive in any enumeration.
//
//   bmauth::Client client;
//   bmauth::Login login = client.login_begin(false);
//   if (auto code = login.user_code()) show(*login.verification_uri(), *code);
//   login.wait();
//   bmauth::Token token = client.token(bmauth::Purpose::kAccount, 0);
#ifndef BMAUTH_HPP
#define BMAUTH_HPP

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bmauth.h"

namespace bmauth {

// What went wrong (bmauth_code).
enum class Code : bmauth_code {
  kOk = BMAUTH_OK,
  kInvalidArgument = BMAUTH_E_INVALID_ARGUMENT,
  kBoxFull = BMAUTH_E_BOX_FULL,
  kInternal = BMAUTH_E_INTERNAL,
};

// What a box looks like.
enum class Color : bmauth_color {
  // Red as a rose.
  kRed = BMAUTH_COLOR_RED,
  // Blue as the sea.
  kBlue = BMAUTH_COLOR_BLUE,
};

namespace detail {

// For getters that always have a text; a moved-from object has none.
inline std::string_view view(const char* text) {
  return text ? std::string_view(text) : std::string_view();
}

inline std::optional<std::string_view> maybe_view(const char* text) {
  if (!text) return std::nullopt;
  return std::string_view(text);
}

struct Free {
  void operator()(bmauth_cancel* cancel) const noexcept { bmauth_cancel_free(cancel); }
  void operator()(bmauth_box* box) const noexcept { bmauth_box_free(box); }
  void operator()(bmauth_error* error) const noexcept { bmauth_error_free(error); }
};

struct Adopt {};

template <class T>
using Owned = std::unique_ptr<T, Free>;

// An exception may not pass through C: it cancels, and is dropped.
inline int cancel_check(void* user_data) noexcept {
  try {
    return (*static_cast<std::function<bool()>*>(user_data))() ? 1 : 0;
  } catch (...) {
    return 1;
  }
}

}  // namespace detail

// The version as a number. The number.
inline std::int32_t version_number() {
  return bmauth_version_number();
}

// A number that rises when a box changes. Its address.
inline const std::uint64_t* generation() {
  return bmauth_generation();
}

// The name of a code. For example "box_full". code: A code.
inline std::string_view code_name(Code code) {
  return detail::view(bmauth_code_name(static_cast<bmauth_code>(code)));
}

// A failure, with everything that the library knows of it. what() is the message.
class Error : public std::runtime_error {
 public:
  // Of a failed call. The object stays the caller's, and is not needed any more.
  explicit Error(const bmauth_error* error) : Error(read(error)) {}
  // Found by this header itself.
  Error(Code code, const std::string& message) : Error(known(code, message)) {}

  // The row that applies. Never Code::kOk.
  Code code() const noexcept { return facts_->code; }
  // The name of the code. For example "box_full".
  const std::string& name() const noexcept { return facts_->name; }
  // What went wrong. One line.
  const std::string& message() const noexcept { return facts_->message; }
  // How long to wait. -1 if unknown.
  std::int64_t retry_after_ms() const noexcept { return facts_->retry_after_ms; }

 private:
  struct Facts {
    Code code = Code::kInternal;
    std::string name;
    std::string message;
    std::int64_t retry_after_ms = -1;
  };

  explicit Error(Facts facts)
      : std::runtime_error(facts.message),
        facts_(std::make_shared<const Facts>(std::move(facts))) {}

  static Facts read(const bmauth_error* error) {
    Facts facts;
    facts.code = static_cast<Code>(bmauth_error_code(error));
    facts.name = detail::view(bmauth_error_name(error));
    facts.message = detail::view(bmauth_error_message(error));
    facts.retry_after_ms = bmauth_error_retry_after_ms(error);
    return facts;
  }

  static Facts known(Code code, const std::string& message) {
    Facts facts;
    facts.code = code;
    facts.message = message;
    facts.name = code_name(code);
    return facts;
  }

  std::shared_ptr<const Facts> facts_;  // shared, because exceptions are copied and must not throw
};

namespace detail {

// By reference: the call that gives the code also sets `error`, and arguments have no order.
inline void check(bmauth_code code, bmauth_error*& error) {
  if (code == BMAUTH_OK) return;
  const Owned<bmauth_error> owned(error);
  throw Error(error);
}

inline const char* c_text(const std::string& text, const char* name) {
  if (text.find('\0') != std::string::npos) {
    throw Error(Code::kInvalidArgument, std::string(name) + ": the text contains a NUL character");
  }
  return text.c_str();
}

inline const char* c_text(const std::optional<std::string>& text, const char* name) {
  return text ? c_text(*text, name) : nullptr;
}

// Calls `copy` with the bytes of `text`, and once more with as many as it asks for. A text that is
// used again keeps its memory, and costs no allocation.
template <class Copy>
void fill(std::string& text, Copy&& copy) {
  for (;;) {
    std::int64_t length = 0;
    bmauth_error* err = nullptr;
    // With the NUL behind the text, which the copy sets again.
    const auto capacity_bytes = static_cast<std::int64_t>(text.size()) + 1;
    const bmauth_code code = copy(text.data(), capacity_bytes, length, err);
    if (code == BMAUTH_OK || length < capacity_bytes) {
      check(code, err);
      text.resize(static_cast<std::size_t>(length));
      return;
    }
    bmauth_error_free(err);
    text.resize(static_cast<std::size_t>(length));
  }
}

}  // namespace detail

class Cancel;
class Box;

// A wish to stop.
class Cancel {
 public:
  // Takes an object of the library into ownership.
  static Cancel adopt(bmauth_cancel* cancel) noexcept {
    return Cancel(detail::Adopt{}, cancel);
  }

  // Makes one.
  Cancel();

  // Triggers it.
  void trigger() noexcept;

  // Sets a callback. check: The callback.
  Cancel& set_check(std::function<bool()> check) &;
  Cancel set_check(std::function<bool()> check) &&;

  // The object itself, for calls into C; it stays this one's.
  bmauth_cancel* get() noexcept { return handle_.get(); }
  const bmauth_cancel* get() const noexcept { return handle_.get(); }

 private:
  Cancel(detail::Adopt, bmauth_cancel* cancel) noexcept : handle_(cancel) {}

  std::unique_ptr<std::function<bool()>> check_;  // outlives the handle, which calls it
  detail::Owned<bmauth_cancel> handle_;
};

// A box.
class Box {
 public:
  // What weigh answers.
  struct WeighResult {
    // True if it is heavy.
    bool is_heavy;
    // How long it swung.
    std::int64_t settle_ms;
  };

  // Takes an object of the library into ownership.
  static Box adopt(bmauth_box* box) noexcept {
    return Box(detail::Adopt{}, box);
  }

  // Makes a box, as large as another one if it is given. model: The other box.
  explicit Box(const Box* model = nullptr);

  // Writes on the box. value: What to write.
  Box& set_label(const std::string& value) &;
  Box set_label(const std::string& value) &&;

  // What is written on the box. Nothing if nothing is.
  std::optional<std::string_view> label() const&;
  std::optional<std::string_view> label() const&& = delete;

  // What only the owner knows. A word. SECRET: never log, print or store it.
  std::string_view secret() const&;
  std::string_view secret() const&& = delete;

  // The color of the box. Any color.
  Color color() const;

  // Puts something in, and gives what fell out of the box when there was no room for both. thing:
  // What to put in; nothing for air. color: Of the thing. is_heavy: True if it is heavy.
  // patience_ms: How long to try. Network.
  Box put(const std::optional<std::string>& thing, Color color, bool is_heavy,
          std::int64_t patience_ms, Cancel* cancel = nullptr);

  // Copies the word of the box into memory of yours. color: Of the word. buffer: Where it goes, and
  // a NUL behind it.
  void word(Color color, std::string& buffer);

  // Weighs the box.
  WeighResult weigh();

  // Name and value of every pair.
  std::vector<std::array<std::string_view, 2>> pairs() const&;
  std::vector<std::array<std::string_view, 2>> pairs() const&& = delete;

  // The object itself, for calls into C; it stays this one's.
  bmauth_box* get() noexcept { return handle_.get(); }
  const bmauth_box* get() const noexcept { return handle_.get(); }

 private:
  Box(detail::Adopt, bmauth_box* box) noexcept : handle_(box) {}

  detail::Owned<bmauth_box> handle_;
};

// ---- Definitions --------------------------------------------------------------------------------

inline Cancel::Cancel() {
  bmauth_cancel* out_cancel = nullptr;
  bmauth_error* err = nullptr;
  detail::check(bmauth_cancel_new(&out_cancel, &err), err);
  handle_.reset(out_cancel);
}

inline void Cancel::trigger() noexcept {
  bmauth_cancel_trigger(handle_.get());
}

inline Cancel& Cancel::set_check(std::function<bool()> check) & {
  auto kept = check ? std::make_unique<std::function<bool()>>(std::move(check)) : nullptr;
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_cancel_set_check(handle_.get(), kept ? &detail::cancel_check : nullptr, kept.get(),
                              &err),
      err);
  check_ = std::move(kept);
  return *this;
}

inline Cancel Cancel::set_check(std::function<bool()> check) && {
  return std::move(set_check(std::move(check)));
}

inline Box::Box(const Box* model) {
  bmauth_box* out_box = nullptr;
  bmauth_error* err = nullptr;
  detail::check(bmauth_box_new(model ? model->get() : nullptr, &out_box, &err), err);
  handle_.reset(out_box);
}

inline Box& Box::set_label(const std::string& value) & {
  bmauth_error* err = nullptr;
  detail::check(bmauth_box_set_label(handle_.get(), detail::c_text(value, "value"), &err), err);
  return *this;
}

inline Box Box::set_label(const std::string& value) && {
  return std::move(set_label(value));
}

inline std::optional<std::string_view> Box::label() const& {
  return detail::maybe_view(bmauth_box_label(handle_.get()));
}

inline std::string_view Box::secret() const& {
  return detail::view(bmauth_box_secret(handle_.get()));
}

inline Color Box::color() const {
  return static_cast<Color>(bmauth_box_color(handle_.get()));
}

inline Box Box::put(const std::optional<std::string>& thing, Color color, bool is_heavy,
                    std::int64_t patience_ms, Cancel* cancel) {
  bmauth_box* out_fallen = nullptr;
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_box_put(handle_.get(), detail::c_text(thing, "thing"),
                     static_cast<bmauth_color>(color), is_heavy ? 1 : 0, patience_ms,
                     cancel ? cancel->get() : nullptr, &out_fallen, &err),
      err);
  return Box::adopt(out_fallen);
}

inline void Box::word(Color color, std::string& buffer) {
  detail::fill(buffer, [&](char* bytes, std::int64_t capacity_bytes,
                          std::int64_t& length, bmauth_error*& err) {
    return bmauth_box_word(handle_.get(), static_cast<bmauth_color>(color), bytes, capacity_bytes,
                           &length, &err);
  });
}

inline Box::WeighResult Box::weigh() {
  int out_is_heavy = 0;
  int64_t out_settle_ms = 0;
  bmauth_error* err = nullptr;
  detail::check(bmauth_box_weigh(handle_.get(), &out_is_heavy, &out_settle_ms, &err), err);
  return {out_is_heavy != 0, out_settle_ms};
}

inline std::vector<std::array<std::string_view, 2>> Box::pairs() const& {
  std::vector<std::array<std::string_view, 2>> found;
  const std::int64_t count = bmauth_box_pair_count(handle_.get());
  for (std::int64_t index = 0; index < count; ++index) {
    found.push_back({detail::view(bmauth_box_pair_name(handle_.get(), index)),
                     detail::view(bmauth_box_pair_value(handle_.get(), index))});
  }
  return found;
}

}  // namespace bmauth

#endif
