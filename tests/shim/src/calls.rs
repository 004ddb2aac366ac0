//! The C library's functions that change files. Each does what it is called for by a system call of
//! its own and, below the folder looked at, writes it down under the disk's lock.
//!
//! Safety, for all of them: pointers and lengths are passed on as they came, so what the C library
//! asks of the caller is asked here, and nothing more; names are C strings, data is read for as many
//! bytes as the system said it took. Functions that are variadic in C are declared with all their
//! arguments, which the calling conventions of 64-bit Linux pass alike.
#![expect(clippy::undocumented_unsafe_blocks, reason = "the module says it for all")]

use std::ffi::CStr;

use libc::{c_char, c_int, c_uint, c_void, iovec, mode_t, off_t, size_t, ssize_t, syscall};

use crate::log::{self, Op};

fn fail(error: c_int) -> c_int {
    unsafe { *libc::__errno_location() = error };
    -1
}

#[expect(clippy::cast_possible_truncation, reason = "the system call's result is an int or a length")]
const fn int(result: libc::c_long) -> c_int {
    result as c_int
}

fn length_of(fd: c_int) -> u64 {
    let mut stat = std::mem::MaybeUninit::<libc::stat>::zeroed();
    let stat = unsafe {
        libc::fstat(fd, stat.as_mut_ptr());
        stat.assume_init()
    };
    u64::try_from(stat.st_size).unwrap_or(0)
}

fn place_of(fd: c_int) -> u64 {
    let place = unsafe { syscall(libc::SYS_lseek, fd, 0, libc::SEEK_CUR) };
    u64::try_from(place).unwrap_or(0)
}

fn appends(fd: c_int) -> bool {
    let flags = unsafe { syscall(libc::SYS_fcntl, fd, libc::F_GETFL) };
    int(flags) & libc::O_APPEND != 0
}

unsafe fn open_at(folder: c_int, path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    let path = unsafe { log::boot(path) }.map_or(path, CStr::as_ptr);
    let call = || unsafe { int(syscall(libc::SYS_openat, folder, path, flags, mode)) };
    if flags & (libc::O_CREAT | libc::O_TRUNC) == 0 {
        return call();
    }
    let Some((disk, name)) = (unsafe { log::path(folder, path) }) else { return call() };
    let mut turn = disk.turn();
    let there = unsafe { syscall(libc::SYS_faccessat, folder, path, libc::F_OK) } == 0;
    if !there && !disk.takes_names(&turn) {
        return fail(libc::ENOSPC);
    }
    let fd = call();
    if fd >= 0 {
        if !there {
            disk.note(&mut turn, Op::Create, 0, &name, &[]);
        } else if flags & libc::O_TRUNC != 0 {
            disk.note(&mut turn, Op::SetLength, 0, &name, &[]);
        }
    }
    fd
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn open(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    unsafe { open_at(libc::AT_FDCWD, path, flags, mode) }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn open64(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    unsafe { open_at(libc::AT_FDCWD, path, flags, mode) }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn openat(
    folder: c_int,
    path: *const c_char,
    flags: c_int,
    mode: mode_t,
) -> c_int {
    unsafe { open_at(folder, path, flags, mode) }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn openat64(
    folder: c_int,
    path: *const c_char,
    flags: c_int,
    mode: mode_t,
) -> c_int {
    unsafe { open_at(folder, path, flags, mode) }
}

/// Writes at a place, or where the file stands.
unsafe fn write_at(fd: c_int, data: *const c_void, count: size_t, at: Option<off_t>) -> ssize_t {
    let call = |count: size_t| unsafe {
        match at {
            Some(at) => syscall(libc::SYS_pwrite64, fd, data, count, at) as ssize_t,
            None => syscall(libc::SYS_write, fd, data, count) as ssize_t,
        }
    };
    let Some((disk, name)) = log::file(fd) else { return call(count) };
    let mut turn = disk.turn();
    let length = length_of(fd);
    let place = match at {
        _ if appends(fd) => length,
        Some(at) => u64::try_from(at).unwrap_or(0),
        None => place_of(fd),
    };
    let fits = disk.fitting(&mut turn, length, place, count as u64);
    if fits == 0 && count > 0 {
        return fail(libc::ENOSPC) as ssize_t;
    }
    let written = call(usize::try_from(fits).unwrap_or(count));
    if let Ok(taken @ 1..) = usize::try_from(written) {
        let bytes = unsafe { std::slice::from_raw_parts(data.cast::<u8>(), taken) };
        disk.note(&mut turn, Op::Write, place, &name, bytes);
    }
    written
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn write(fd: c_int, data: *const c_void, count: size_t) -> ssize_t {
    unsafe { write_at(fd, data, count, None) }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn pwrite(fd: c_int, data: *const c_void, count: size_t, at: off_t) -> ssize_t {
    unsafe { write_at(fd, data, count, Some(at)) }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn pwrite64(
    fd: c_int,
    data: *const c_void,
    count: size_t,
    at: off_t,
) -> ssize_t {
    unsafe { write_at(fd, data, count, Some(at)) }
}

/// A file on the disk takes the first part alone, as any file may.
unsafe fn write_first(fd: c_int, parts: *const iovec, count: c_int, at: Option<off_t>) -> Option<ssize_t> {
    log::file(fd)?;
    let parts = unsafe { std::slice::from_raw_parts(parts, usize::try_from(count).ok()?) };
    let part = parts.iter().find(|part| part.iov_len > 0)?;
    Some(unsafe { write_at(fd, part.iov_base, part.iov_len, at) })
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn writev(fd: c_int, parts: *const iovec, count: c_int) -> ssize_t {
    match unsafe { write_first(fd, parts, count, None) } {
        Some(written) => written,
        None => unsafe { syscall(libc::SYS_writev, fd, parts, count) as ssize_t },
    }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn pwritev(fd: c_int, parts: *const iovec, count: c_int, at: off_t) -> ssize_t {
    match unsafe { write_first(fd, parts, count, Some(at)) } {
        Some(written) => written,
        None => unsafe { syscall(libc::SYS_pwritev, fd, parts, count, at, 0) as ssize_t },
    }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn pwritev64(
    fd: c_int,
    parts: *const iovec,
    count: c_int,
    at: off_t,
) -> ssize_t {
    unsafe { pwritev(fd, parts, count, at) }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn ftruncate(fd: c_int, length: off_t) -> c_int {
    let call = || unsafe { int(syscall(libc::SYS_ftruncate, fd, length)) };
    let Some((disk, name)) = log::file(fd) else { return call() };
    let mut turn = disk.turn();
    let result = call();
    if let (0, Ok(length)) = (result, u64::try_from(length)) {
        disk.note(&mut turn, Op::SetLength, length, &name, &[]);
    }
    result
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn ftruncate64(fd: c_int, length: off_t) -> c_int {
    unsafe { ftruncate(fd, length) }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn fallocate(fd: c_int, mode: c_int, at: off_t, bytes: off_t) -> c_int {
    let call = || unsafe { int(syscall(libc::SYS_fallocate, fd, mode, at, bytes)) };
    let Some((disk, name)) = log::file(fd) else { return call() };
    if mode & !libc::FALLOC_FL_KEEP_SIZE != 0 {
        log::unknown("this mode of fallocate");
    }
    let mut turn = disk.turn();
    let length = length_of(fd);
    let end = u64::try_from(at + bytes).unwrap_or(0);
    let growth = end.saturating_sub(length);
    if disk.fitting(&mut turn, length, length, growth) < growth {
        return fail(libc::ENOSPC);
    }
    let result = call();
    if result == 0 && mode == 0 && growth > 0 {
        disk.note(&mut turn, Op::SetLength, end, &name, &[]);
    }
    result
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn fallocate64(fd: c_int, mode: c_int, at: off_t, bytes: off_t) -> c_int {
    unsafe { fallocate(fd, mode, at, bytes) }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn posix_fallocate(fd: c_int, at: off_t, bytes: off_t) -> c_int {
    match unsafe { fallocate(fd, 0, at, bytes) } {
        0 => 0,
        _ => unsafe { *libc::__errno_location() },
    }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn posix_fallocate64(fd: c_int, at: off_t, bytes: off_t) -> c_int {
    unsafe { posix_fallocate(fd, at, bytes) }
}

/// The disk that the tests make afterwards believes the log, so nothing has to reach the real one.
fn sync_file(fd: c_int) -> Option<c_int> {
    let (disk, name) = log::file(fd)?;
    let sync = {
        let mut turn = disk.turn();
        let sync = disk.next_sync(&mut turn);
        disk.note(&mut turn, Op::SyncBegins, sync, &name, &[]);
        sync
    };
    std::thread::sleep(std::time::Duration::from_micros(disk.pause(sync)));
    if disk.fail == Some(sync) {
        disk.note(&mut disk.turn(), Op::SyncFails, sync, &name, &[]);
        return Some(fail(libc::EIO));
    }
    disk.note(&mut disk.turn(), Op::SyncEnds, sync, &name, &[]);
    Some(0)
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn fsync(fd: c_int) -> c_int {
    sync_file(fd).unwrap_or_else(|| unsafe { int(syscall(libc::SYS_fsync, fd)) })
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn fdatasync(fd: c_int) -> c_int {
    sync_file(fd).unwrap_or_else(|| unsafe { int(syscall(libc::SYS_fdatasync, fd)) })
}

unsafe fn rename_at(from: c_int, old: *const c_char, to: c_int, new: *const c_char, flags: c_uint) -> c_int {
    let call = || unsafe { int(syscall(libc::SYS_renameat2, from, old, to, new, flags)) };
    let (before, after) = unsafe { (log::path(from, old), log::path(to, new)) };
    let ((disk, before), (_, after)) = match (before, after) {
        (None, None) => return call(),
        (Some(before), Some(after)) => (before, after),
        _ => log::unknown("a rename that leaves it"),
    };
    let mut turn = disk.turn();
    let result = call();
    if result == 0 {
        disk.note(&mut turn, Op::Rename, u64::from(flags), &before, &after);
    }
    result
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn rename(old: *const c_char, new: *const c_char) -> c_int {
    unsafe { rename_at(libc::AT_FDCWD, old, libc::AT_FDCWD, new, 0) }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn renameat(
    from: c_int,
    old: *const c_char,
    to: c_int,
    new: *const c_char,
) -> c_int {
    unsafe { rename_at(from, old, to, new, 0) }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn unlinkat(folder: c_int, path: *const c_char, flags: c_int) -> c_int {
    let call = || unsafe { int(syscall(libc::SYS_unlinkat, folder, path, flags)) };
    let Some((disk, name)) = (unsafe { log::path(folder, path) }) else { return call() };
    let mut turn = disk.turn();
    let result = call();
    if result == 0 {
        let op = if flags & libc::AT_REMOVEDIR == 0 { Op::Unlink } else { Op::RemoveFolder };
        disk.note(&mut turn, op, 0, &name, &[]);
    }
    result
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn unlink(path: *const c_char) -> c_int {
    unsafe { unlinkat(libc::AT_FDCWD, path, 0) }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn rmdir(path: *const c_char) -> c_int {
    unsafe { unlinkat(libc::AT_FDCWD, path, libc::AT_REMOVEDIR) }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn mkdirat(folder: c_int, path: *const c_char, mode: mode_t) -> c_int {
    let call = || unsafe { int(syscall(libc::SYS_mkdirat, folder, path, mode)) };
    let Some((disk, name)) = (unsafe { log::path(folder, path) }) else { return call() };
    let mut turn = disk.turn();
    if !disk.takes_names(&turn) {
        return fail(libc::ENOSPC);
    }
    let result = call();
    if result == 0 {
        disk.note(&mut turn, Op::MakeFolder, 0, &name, &[]);
    }
    result
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn mkdir(path: *const c_char, mode: mode_t) -> c_int {
    unsafe { mkdirat(libc::AT_FDCWD, path, mode) }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn linkat(
    from: c_int,
    old: *const c_char,
    to: c_int,
    new: *const c_char,
    flags: c_int,
) -> c_int {
    if unsafe { log::path(to, new) }.is_some() {
        log::unknown("links");
    }
    unsafe { int(syscall(libc::SYS_linkat, from, old, to, new, flags)) }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn link(old: *const c_char, new: *const c_char) -> c_int {
    unsafe { linkat(libc::AT_FDCWD, old, libc::AT_FDCWD, new, 0) }
}

/// Says that it cannot, for a file on the disk; the caller then copies by reading and writing.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn copy_file_range(
    from: c_int,
    from_at: *mut off_t,
    to: c_int,
    to_at: *mut off_t,
    bytes: size_t,
    flags: c_uint,
) -> ssize_t {
    if log::file(to).is_some() {
        return fail(libc::ENOSYS) as ssize_t;
    }
    unsafe { syscall(libc::SYS_copy_file_range, from, from_at, to, to_at, bytes, flags) as ssize_t }
}

/// As [`copy_file_range`].
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn sendfile(to: c_int, from: c_int, at: *mut off_t, bytes: size_t) -> ssize_t {
    if log::file(to).is_some() {
        return fail(libc::ENOSYS) as ssize_t;
    }
    unsafe { syscall(libc::SYS_sendfile, to, from, at, bytes) as ssize_t }
}

/// As [`copy_file_range`].
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn sendfile64(to: c_int, from: c_int, at: *mut off_t, bytes: size_t) -> ssize_t {
    unsafe { sendfile(to, from, at, bytes) }
}

/// What is written through memory does not pass here, so it is refused.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn mmap(
    at: *mut c_void,
    bytes: size_t,
    protection: c_int,
    flags: c_int,
    fd: c_int,
    from: off_t,
) -> *mut c_void {
    let writes = flags & libc::MAP_SHARED != 0 && protection & libc::PROT_WRITE != 0;
    if writes && fd > 2 && log::file(fd).is_some() {
        log::unknown("writing through memory");
    }
    unsafe { syscall(libc::SYS_mmap, at, bytes, protection, flags, fd, from) as *mut c_void }
}

#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn mmap64(
    at: *mut c_void,
    bytes: size_t,
    protection: c_int,
    flags: c_int,
    fd: c_int,
    from: off_t,
) -> *mut c_void {
    unsafe { mmap(at, bytes, protection, flags, fd, from) }
}
