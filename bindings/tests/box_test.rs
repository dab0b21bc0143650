//! What the crates make of every pattern, over the fake library.

use std::os::raw::c_int;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;
use std::time::Duration;

use bmauth::{Box, Cancel, Color, Error, ErrorCode};

type Boxed<T> = std::boxed::Box<T>;

const NOW: Duration = Duration::ZERO;

extern "C" {
    static alive: c_int;
}

fn labelled(label: &str) -> Box {
    let mut made = Box::new(None).unwrap();
    made.set_label(label).unwrap();
    made
}

fn getters() {
    let made = labelled("books");
    assert_eq!(made.label(), Some("books"));
    assert_eq!(made.secret().expose(), "CANARY word");
    assert_eq!(made.color(), Color::Unknown(7), "an unknown number arrives");
    assert_eq!(Box::new(None).unwrap().label(), None);
    let pairs: Vec<_> = made.pairs().collect();
    let wanted = [("Authorization", "first"), ("X-Workspace-ID", "second")];
    assert_eq!(pairs, wanted, "a count and its getters are one list");
    let like = Box::new(Some(&made)).unwrap();
    assert_eq!(like.label(), Some("books"), "an object can be an argument");
    assert_eq!(bmauth::version_number(), bmauth_sys::ffi::VERSION_NUMBER);
    assert!(!format!("{made:?}").contains("CANARY"));
}

fn actions() {
    let mut made = labelled("outer");
    let mut fallen = made
        .put(Some("a hat"), Color::Red, false, NOW, None)
        .unwrap();
    assert_eq!(fallen.label(), Some("a hat"), "an output is an object");
    assert_eq!(
        made.put(None, Color::Blue, false, NOW, None)
            .unwrap()
            .label(),
        None
    );
    let result = made.weigh().unwrap();
    assert!(result.is_heavy, "several outputs are a struct");
    assert_eq!(result.settle, Duration::from_millis(250));
    // It may go on using the object it came from, which is freed after it.
    drop(made);
    assert_eq!(unsafe { alive }, 2);
    fallen.set_label("still here").unwrap();
}

fn errors() {
    let mut made = Box::new(None).unwrap();
    let full: Error = made
        .put(Some("a stone"), Color::Red, true, NOW, None)
        .unwrap_err();
    assert_eq!((full.code(), full.name()), (ErrorCode::BoxFull, "box_full"));
    assert_eq!(
        (full.to_string().as_str(), full.message()),
        ("no room", "no room")
    );
    assert_eq!(full.retry_after(), Some(Duration::from_millis(1500)));
    let nul = made.set_label("a\0b").unwrap_err();
    assert_eq!(
        (nul.code(), nul.name()),
        (ErrorCode::InvalidArgument, "invalid_argument")
    );
    assert_eq!(nul.message(), "label: the text contains a NUL character");
    assert_eq!(nul.retry_after(), None);
    assert_eq!(made.label(), None, "a refused text changes nothing");
    assert_eq!(ErrorCode::from(3), ErrorCode::Unknown(3));
}

fn callbacks() {
    let mut made = Box::new(None).unwrap();
    let mut cancel = Cancel::new().unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let second = move || counted.fetch_add(1, Ordering::Relaxed) == 1;
    cancel.set_check(Some(Boxed::new(second))).unwrap();
    let moved = cancel;
    assert!(made.put(None, Color::Red, false, NOW, Some(&moved)).is_ok());
    assert!(made
        .put(None, Color::Red, false, NOW, Some(&moved))
        .is_err());
    assert_eq!(
        asked.load(Ordering::Relaxed),
        2,
        "asked, also after its object was moved"
    );
    moved.trigger();
    let mut cancel = moved;
    cancel.set_check(None).unwrap();
    assert_eq!(
        Arc::strong_count(&asked),
        1,
        "a callback that is replaced is dropped"
    );
    assert!(made
        .put(None, Color::Red, false, NOW, Some(&cancel))
        .is_ok());
}

fn main() {
    getters();
    actions();
    errors();
    callbacks();
    assert_eq!(unsafe { alive }, 0, "every object is freed once");
}
