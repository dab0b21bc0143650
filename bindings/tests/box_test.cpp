// What bmauth.hpp makes of every pattern, over the fake library; prints each claim that does not
// hold.
#include <cstdio>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "bmauth.hpp"

extern "C" int alive;

namespace {

int failures = 0;

void expect(bool holds, const char* claim) {
  if (holds) return;
  std::printf("FAILED: %s\n", claim);
  ++failures;
}

// Whether a getter can be called on a temporary.
template <class T, class = void>
struct GivesViewOfTemporary : std::false_type {};
template <class T>
struct GivesViewOfTemporary<T, std::void_t<decltype(std::declval<T>().label())>> : std::true_type {
};

static_assert(!std::is_copy_constructible_v<bmauth::Box> &&
              !std::is_copy_assignable_v<bmauth::Box>);
static_assert(std::is_nothrow_move_constructible_v<bmauth::Box>);
static_assert(std::is_nothrow_copy_constructible_v<bmauth::Error>);
static_assert(GivesViewOfTemporary<bmauth::Box&>::value);
static_assert(!GivesViewOfTemporary<bmauth::Box>::value);

bmauth::Box labelled(const std::string& label) {
  bmauth::Box box;
  box.set_label(label);
  return box;
}

template <class Call>
bmauth::Error error_of(Call call) {
  try {
    call();
  } catch (const bmauth::Error& error) {
    return error;
  }
  return bmauth::Error(bmauth::Code::kInternal, "nothing was thrown");
}

void getters() {
  const bmauth::Box box = labelled("books");
  expect(box.label() == "books", "a getter gives what a setter set");
  expect(box.secret() == "CANARY word", "a text that is never absent is a plain view");
  expect(box.color() == static_cast<bmauth::Color>(7),
         "an unknown number of an enumeration arrives");
  const bmauth::Box empty;
  expect(empty.get() != nullptr && !empty.label(),
         "a constructor without arguments makes an object");
  const bmauth::Box at_once = bmauth::Box().set_label("maps").set_label("charts");
  expect(at_once.label() == "charts", "one expression makes an object and fills it");
  const auto pairs = box.pairs();
  expect(pairs.size() == 2, "a count and its getters are one list");
  for (const auto& [name, value] : pairs) {
    expect(name == "Authorization" ? value == "first" : value == "second",
           "a list of two getters has pairs");
  }
  const bmauth::Box like(&box);
  expect(like.label() == "books", "an object can be an argument");
  expect(bmauth::version_number() == BMAUTH_VERSION_NUMBER, "a function without object is free");
}

void actions() {
  bmauth::Box box;
  bmauth::Box fallen = box.put("a hat", bmauth::Color::kRed, false, 10);
  expect(fallen.label() == "a hat", "an output handle is returned as an object");
  fallen = box.put(std::nullopt, bmauth::Color::kBlue, false, 10);
  expect(!fallen.label(), "no text is NULL in C, and NULL is no text");
  const bmauth::Box::WeighResult result = box.weigh();
  expect(result.is_heavy && result.settle_ms == 250, "several outputs are a struct");
}

void errors() {
  bmauth::Box box;
  const bmauth::Error full = error_of([&] { box.put("a stone", bmauth::Color::kRed, true, 0); });
  expect(full.code() == bmauth::Code::kBoxFull && full.name() == "box_full", "a failure throws");
  expect(std::string(full.what()) == "no room" && full.message() == "no room",
         "what() is the message");
  expect(full.retry_after_ms() == 1500, "an error keeps the facts of the C object");
  const bmauth::Error nul = error_of([&] { box.set_label(std::string("a\0b", 3)); });
  expect(nul.code() == bmauth::Code::kInvalidArgument && nul.name() == "invalid_argument",
         "a NUL inside of a text is refused");
  expect(nul.retry_after_ms() == -1, "what is not known of an error is absent");
  expect(!box.label(), "a refused text changes nothing");
  const bmauth::Box taken = std::move(box);
  expect(error_of([&] { box.put("a hat", bmauth::Color::kRed, false, 0); }).code() ==
             bmauth::Code::kBoxFull,
         "a moved-from object throws");
  expect(!box.label() && box.pairs().empty(), "a moved-from object's getters answer absent");
}

void callbacks() {
  bmauth::Box box;
  bmauth::Cancel cancel;
  int asked = 0;
  cancel.set_check([&asked] { return ++asked > 1; });
  bmauth::Cancel moved = std::move(cancel);
  box.put("a hat", bmauth::Color::kRed, false, 0, &moved);
  expect(asked == 1, "a callback is asked, also after its object was moved");
  expect(error_of([&] { box.put("a hat", bmauth::Color::kRed, false, 0, &moved); }).code() ==
             bmauth::Code::kBoxFull,
         "a callback's answer counts");
  moved.set_check([]() -> bool { throw std::runtime_error("CANARY"); });
  expect(error_of([&] { box.put("a hat", bmauth::Color::kRed, false, 0, &moved); }).code() ==
             bmauth::Code::kBoxFull,
         "a callback that throws cancels");
  moved.set_check(nullptr);
  box.put("a hat", bmauth::Color::kRed, false, 0, &moved);
  moved.trigger();
}

void memory() {
  bmauth::Box box;
  for (const std::size_t before : {0, 4, 200}) {
    std::string text(before, 'x');
    box.word(bmauth::Color::kRed, text);
    expect(text == "word" || text == "a word that is longer than small strings are",
           "a text is filled, whatever stood there");
    const char* const place = text.data();
    box.word(bmauth::Color::kRed, text);
    expect(text.data() == place, "a text that is used again keeps its memory");
  }
  const bmauth::Box taken = std::move(box);
  std::string text;
  expect(error_of([&] { box.word(bmauth::Color::kRed, text); }).code() == bmauth::Code::kBoxFull,
         "a failure of its own is no lack of room");
  expect(*bmauth::generation() == 7, "a word is read where it stands");
}

}  // namespace

int main() {
  getters();
  actions();
  memory();
  errors();
  callbacks();
  expect(alive == 0, "every object is freed once");
  return failures == 0 ? 0 : 1;
}
