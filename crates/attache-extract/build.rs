//! Finds the rule files, the lexicons and the weights and embeds them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=lexicon");
    println!("cargo::rerun-if-changed=weights");
    let mut source = String::new();
    let kinds = [("RULES", "rules", "toml"), ("LEXICONS", "lexicon", "csv"), ("WEIGHTS", "weights", "csv")];
    for (name, folder, extension) in kinds {
        let mut files = Vec::new();
        find(&root.join(folder), extension, &mut files)?;
        files.sort();
        let _ = writeln!(source, "pub(crate) static {name}: &[(&str, &str)] = &[");
        for file in files {
            let shown = file.strip_prefix(&root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            let _ = writeln!(source, "    ({shown:?}, include_str!({:?})),", file.display().to_string());
        }
        source.push_str("];\n");
    }
    fs::write(out.join("embedded.rs"), source)
}

fn find(folder: &Path, extension: &str, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, extension, files)?;
        } else if path.extension().is_some_and(|e| e == extension)
            && path.file_stem().is_none_or(|s| s != "TEMPLATE")
        {
            files.push(path);
        }
    }
    Ok(())
}
