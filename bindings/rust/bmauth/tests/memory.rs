//! No secret stays in memory after its objects are gone.
//!
//! This process looks through all that it may write. It keeps the end of the key reversed and compares
//! backwards, so that what it looks for is not what it finds. The key is long, because what frees a short
//! one overwrites it soon.

mod support;

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::str;

use bmauth::{Client, ErrorCode, Options, Purpose};
use support::DataDir;

const REVERSED_END: &[u8] = b"jihgfedcba9876543210yranacYRANAC";
const LENGTH: usize = 1500;

fn holds_key(bytes: &[u8]) -> bool {
    bytes
        .windows(REVERSED_END.len())
        .any(|window| window[0] == b'C' && window.iter().eq(REVERSED_END.iter().rev()))
}

/// Looks with what it allocated at the start, or it would overwrite what it looks for.
struct Search {
    memory: File,
    maps: String,
    piece: Vec<u8>,
}

impl Search {
    fn new() -> Self {
        Self {
            memory: File::open("/proc/self/mem").unwrap(),
            maps: String::with_capacity(1 << 20),
            piece: vec![0; 1 << 20],
        }
    }

    fn finds_key(&mut self) -> bool {
        self.maps.clear();
        let mut maps = File::open("/proc/self/maps").unwrap();
        maps.read_to_string(&mut self.maps).unwrap();
        let Self {
            memory,
            maps,
            piece,
        } = self;
        let writable = maps.lines().filter(|line| line.contains(" rw"));
        let is_found = writable.map(region).any(|(start, end)| {
            let steps = (start..end).step_by(piece.len() - REVERSED_END.len());
            steps.into_iter().any(|at| {
                memory.seek(SeekFrom::Start(at)).unwrap();
                // What cannot be read is gone by now, and holds nothing.
                let size = memory.read(piece).unwrap_or(0);
                holds_key(&piece[..size])
            })
        });
        piece.fill(0); // or the next look finds this copy
        is_found
    }
}

/// Start and end of a line of /proc/self/maps.
fn region(line: &str) -> (u64, u64) {
    let (start, rest) = line.split_once('-').unwrap();
    let (end, _) = rest.split_once(' ').unwrap();
    let number = |text| u64::from_str_radix(text, 16).unwrap();
    (number(start), number(end))
}

/// Options with a key that is nowhere else.
fn options_with_key(data_dir: &DataDir) -> Options {
    let mut key = vec![b'x'; LENGTH];
    key[..4].copy_from_slice(b"bmc_");
    let end = LENGTH - REVERSED_END.len();
    for (byte, reversed) in key[end..].iter_mut().zip(REVERSED_END.iter().rev()) {
        *byte = *reversed;
    }
    let mut options = Options::new().unwrap();
    options.set_data_dir(data_dir.text()).unwrap();
    options.set_api_key(str::from_utf8(&key).unwrap()).unwrap();
    key.fill(0);
    options
}

// One test, because each would find the other's key.
#[test]
fn a_key_is_wiped_with_the_objects_that_held_it() {
    let data_dir = DataDir::new();
    let mut search = Search::new();
    let options = options_with_key(&data_dir);
    assert!(search.finds_key(), "this test would find it");
    drop(options);
    assert!(!search.finds_key(), "options, and the copy on the way");

    let options = options_with_key(&data_dir);
    let client = Client::new(Some(&options)).unwrap();
    let token = client.fresh_token(Purpose::Project).unwrap();
    let header = client.header(Purpose::Project).unwrap();
    drop((options, token, client));
    assert!(search.finds_key(), "the header holds it");
    drop(header);
    assert!(!search.finds_key(), "client, token and header");

    let options = options_with_key(&data_dir);
    let client = Client::new(Some(&options)).unwrap();
    let mut header = client.header(Purpose::Project).unwrap();
    drop((options, client));
    let other = Client::new(Some(
        Options::new()
            .unwrap()
            .set_data_dir(data_dir.text())
            .unwrap(),
    ));
    let failed = other
        .unwrap()
        .header_into(Purpose::Project, &mut header)
        .err();
    assert_eq!(
        failed.map(|error| error.code()),
        Some(ErrorCode::NoCredentials)
    );
    assert!(
        !search.finds_key(),
        "a header that was asked for again in vain"
    );
}
