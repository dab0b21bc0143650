//! What is asked all the time costs no allocation and leaves nothing behind.

mod support;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fs;

use bmauth::{Client, HeaderBuffer, Options, Purpose};
use support::DataDir;

struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: all is handed to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

fn client(data_dir: &DataDir) -> Client {
    let mut options = Options::new().unwrap();
    options.set_data_dir(data_dir.text()).unwrap();
    let key = "bmc_CANARYcanary0123456789abcdefghij";
    options.set_api_key(key).unwrap();
    Client::new(Some(&options)).unwrap()
}

#[test]
fn a_header_in_a_used_buffer_allocates_nothing() {
    let data_dir = DataDir::new();
    let client = client(&data_dir);
    let mut buffer = client.header(Purpose::Project).unwrap();
    let before = ALLOCATIONS.with(Cell::get);
    for _ in 0..1000 {
        client.header_into(Purpose::Project, &mut buffer).unwrap();
    }
    assert_eq!(ALLOCATIONS.with(Cell::get), before);
    drop(client.header(Purpose::Project).unwrap());
    assert_ne!(
        ALLOCATIONS.with(Cell::get),
        before,
        "this test would see it"
    );
}

/// Memory of this process, in KiB.
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.unwrap().parse().unwrap()
}

#[test]
fn a_hundred_thousand_calls_leak_nothing() {
    let data_dir = DataDir::new();
    let client = client(&data_dir);
    let ask = |calls: usize| {
        let mut buffer = HeaderBuffer::new();
        for call in 0..calls {
            client.header_into(Purpose::Project, &mut buffer).unwrap();
            if call % 10 == 0 {
                client.header(Purpose::Account).unwrap();
                client.header(Purpose::from(99)).unwrap_err();
            }
        }
    };
    ask(10_000);
    let before = resident();
    ask(100_000);
    let grown = resident().saturating_sub(before);
    assert!(grown <= 1024, "{grown} KiB more");
}
