//! What the calls share: the plan, the lock that gives operations their order, and the log.

use std::ffi::{CStr, CString};
use std::fs::File;
use std::os::fd::{AsRawFd as _, OwnedFd};
use std::os::unix::ffi::OsStrExt as _;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use libc::{c_int, c_void};

/// What shall happen.
#[derive(Debug)]
pub struct Plan {
    /// Only what lies below this folder is looked at. Without symbolic links.
    pub root: PathBuf,
    /// Takes the log.
    pub log: File,
    /// File that tells the program which run of the machine it is on; after a cut it is another one.
    pub boot: PathBuf,
    /// The power fails after so many operations.
    pub cut: Option<u64>,
    /// The disk takes so many further bytes.
    pub room: Option<u64>,
    /// Overwriting needs room too, as where blocks are never written in place.
    pub copies: bool,
    /// The sync of this number fails, as when a disk goes bad for a moment.
    pub fail: Option<u64>,
    /// A sync takes up to so many microseconds, so that other threads get between its ends.
    pub slow: u64,
}

/// Operations, as the log names them.
#[derive(Debug, Clone, Copy)]
#[repr(u8)]
pub(crate) enum Op {
    Create = 1,
    Write = 2,
    SetLength = 3,
    SyncBegins = 4,
    SyncEnds = 5,
    Rename = 6,
    Unlink = 7,
    MakeFolder = 8,
    RemoveFolder = 9,
    SyncFails = 10,
}

/// Path in the form the system gives it.
pub(crate) type Name = Vec<u8>;

pub(crate) struct Disk {
    root: Name,
    boot: CString,
    log: OwnedFd,
    cut: Option<u64>,
    copies: bool,
    pub(crate) fail: Option<u64>,
    slow: u64,
    state: Mutex<State>,
}

pub(crate) struct State {
    operations: u64,
    syncs: u64,
    room: Option<u64>,
}

static DISK: OnceLock<Disk> = OnceLock::new();

/// Begins: from now on the plan holds for this process, until it ends.
///
/// # Panics
/// When it was begun before.
pub fn start(plan: Plan) {
    let Plan { root, log, boot, cut, room, copies, fail, slow } = plan;
    let state = Mutex::new(State { operations: 0, syncs: 0, room });
    let root = root.as_os_str().as_bytes().to_vec();
    let boot = CString::new(boot.as_os_str().as_bytes()).unwrap_or_default();
    let disk = Disk { root, boot, log: log.into(), cut, copies, fail, slow, state };
    assert!(DISK.set(disk).is_ok(), "a process has one disk");
}

/// The file to open in place of the one in which the system names the run of the machine.
///
/// # Safety
/// `path` is a C string.
pub(crate) unsafe fn boot(path: *const libc::c_char) -> Option<&'static CStr> {
    let disk = DISK.get()?;
    // SAFETY: the caller's word.
    let path = unsafe { CStr::from_ptr(path) };
    (path == c"/proc/sys/kernel/random/boot_id").then_some(disk.boot.as_c_str())
}

/// The disk and the name of an open file on it; `None` for anything else.
pub(crate) fn file(fd: c_int) -> Option<(&'static Disk, Name)> {
    // Standard streams are never on it.
    let disk = DISK.get().filter(|_| fd > 2)?;
    let name = linked(&format!("/proc/self/fd/{fd}\0"))?;
    disk.holds(&name).then_some((disk, name))
}

/// The disk and the whole name of a path on it, given relative to an open folder.
///
/// # Safety
/// `path` is a C string.
pub(crate) unsafe fn path(folder: c_int, path: *const libc::c_char) -> Option<(&'static Disk, Name)> {
    let disk = DISK.get()?;
    // SAFETY: the caller's word.
    let path = unsafe { CStr::from_ptr(path) }.to_bytes();
    let name = if path.starts_with(b"/") {
        path.to_vec()
    } else {
        let base =
            if folder == libc::AT_FDCWD { "/proc/self/cwd\0" } else { &format!("/proc/self/fd/{folder}\0") };
        [&linked(base)?, path].join(&b'/')
    };
    disk.holds(&name).then_some((disk, name))
}

/// Where a symbolic link of `/proc` leads; `link` ends in a zero byte.
fn linked(link: &str) -> Option<Name> {
    let mut name = vec![0_u8; libc::PATH_MAX as usize];
    // SAFETY: `link` ends in a zero byte, and the length given is that of `name`.
    let length = unsafe {
        libc::syscall(libc::SYS_readlinkat, libc::AT_FDCWD, link.as_ptr(), name.as_mut_ptr(), name.len())
    };
    name.truncate(usize::try_from(length).ok()?);
    Some(name)
}

impl Disk {
    fn holds(&self, name: &[u8]) -> bool {
        name.strip_prefix(self.root.as_slice()).is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
    }

    /// Takes the right to do the next operation.
    pub(crate) fn turn(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Microseconds that this sync takes.
    pub(crate) fn pause(&self, sync: u64) -> u64 {
        // Fibonacci hashing: spread over the range, the same in every run.
        (sync.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32).checked_rem(self.slow).unwrap_or(0)
    }

    /// How many of `bytes` written at `at` into a file of `length` bytes fit.
    pub(crate) fn fitting(&self, state: &mut State, length: u64, at: u64, bytes: u64) -> u64 {
        let Some(room) = &mut state.room else { return bytes };
        let free = if self.copies { 0 } else { length.saturating_sub(at).min(bytes) };
        let fits = bytes.min(free + *room);
        *room -= fits - free;
        fits
    }

    /// Whether a new name fits.
    pub(crate) fn takes_names(&self, state: &State) -> bool {
        !self.copies || state.room != Some(0)
    }

    /// The number of a sync that begins.
    pub(crate) fn next_sync(&self, state: &mut State) -> u64 {
        state.syncs += 1;
        state.syncs
    }

    /// Writes one operation down; the power may fail then.
    pub(crate) fn note(&self, state: &mut State, op: Op, number: u64, name: &[u8], bytes: &[u8]) {
        let mut head = vec![op as u8];
        head.extend_from_slice(&number.to_be_bytes());
        for part in [name, bytes] {
            head.extend_from_slice(&(part.len() as u64).to_be_bytes());
        }
        for part in [&head, name, bytes] {
            self.append(part);
        }
        state.operations += 1;
        if self.cut == Some(state.operations) {
            die();
        }
    }

    fn append(&self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            // SAFETY: the pointer and the length are those of `bytes`.
            let written = unsafe {
                let at: *const c_void = bytes.as_ptr().cast();
                libc::syscall(libc::SYS_write, self.log.as_raw_fd(), at, bytes.len())
            };
            // A log with a gap would be read as another story.
            let Ok(written @ 1..) = usize::try_from(written) else { die() };
            bytes = bytes.get(written..).unwrap_or_default();
        }
    }
}

/// The power fails.
fn die() -> ! {
    loop {
        // SAFETY: takes no pointer.
        unsafe { libc::kill(libc::getpid(), libc::SIGKILL) };
    }
}

/// Ends a program that does what the log cannot tell: a test must not believe a disk that missed a
/// write.
pub(crate) fn unknown(what: &str) -> ! {
    let said = format!("the disk of the tests does not know {what}\n");
    // SAFETY: the pointer and the length are those of `said`.
    unsafe { libc::syscall(libc::SYS_write, 2, said.as_ptr(), said.len()) };
    // SAFETY: takes nothing and does not return.
    unsafe { libc::abort() }
}

/// Begins to write a file back, the way sled does after each flush. It promises nothing.
///
/// # Errors
/// When the system says no.
pub fn write_back(file: &File) -> std::io::Result<()> {
    // SAFETY: takes an open file and no pointer.
    // By number, because a program may have a function of its own in the place of the C library's.
    let result = unsafe {
        libc::syscall(libc::SYS_sync_file_range, file.as_raw_fd(), 0, 0, libc::SYNC_FILE_RANGE_WRITE)
    };
    if result == 0 { Ok(()) } else { Err(std::io::Error::last_os_error()) }
}
