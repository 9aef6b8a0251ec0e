//! A file -> its owner, mode, access lists and extended attributes, and another file given the same.
//!
//! An access list of Linux is an extended attribute. Those of other systems are not told of here,
//! and a new file gets them from its directory.

#[cfg(not(unix))]
pub(super) use self::other::Attributes;
#[cfg(unix)]
pub(super) use self::unix::Attributes;

#[cfg(unix)]
mod unix {
    use std::collections::BTreeMap;
    use std::ffi::{OsStr, OsString};
    use std::fs::{File, Permissions};
    use std::io;
    use std::os::unix::fs::{MetadataExt, fchown};

    use xattr::FileExt;

    use crate::error::reason;

    /// The access list, under the name by which Linux tells of it.
    const ACCESS_LIST: &str = "system.posix_acl_access";
    /// What the kernel computes from the text of a file.
    const OF_THE_TEXT: [&str; 2] = ["security.ima", "security.evm"];

    /// What is kept of a file beside its text.
    #[derive(Debug, PartialEq, Eq)]
    pub(in crate::write) struct Attributes {
        owner: (u32, u32),
        permissions: Permissions,
        extended: BTreeMap<OsString, Vec<u8>>,
    }

    impl Attributes {
        pub(in crate::write) fn of(file: &File) -> io::Result<Self> {
            let metadata = file.metadata()?;
            Ok(Self {
                owner: (metadata.uid(), metadata.gid()),
                permissions: metadata.permissions(),
                extended: extended(file)?,
            })
        }

        /// Gives them to a new file, or says which of them it cannot have.
        pub(in crate::write) fn give(&self, file: &File) -> io::Result<()> {
            let own = Self::of(file)?;
            if own.owner != self.owner {
                fchown(file, Some(self.owner.0), Some(self.owner.1))
                    .map_err(|error| not_kept("its owner or group", &error))?;
            }
            // A new file may have got an access list from its directory.
            for name in own.extended.keys().filter(|name| !self.extended.contains_key(*name)) {
                file.remove_xattr(name).map_err(|error| not_kept(&label(name), &error))?;
            }
            for (name, value) in &self.extended {
                if own.extended.get(name) != Some(value) {
                    file.set_xattr(name, value).map_err(|error| not_kept(&label(name), &error))?;
                }
            }
            // The last, because a change of owner takes bits of the mode away.
            file.set_permissions(self.permissions.clone())?;
            match Self::of(file)? == *self {
                true => Ok(()),
                false => Err(io::Error::other("its mode and attributes cannot be kept")),
            }
        }
    }

    fn extended(file: &File) -> io::Result<BTreeMap<OsString, Vec<u8>>> {
        let names = match file.list_xattr() {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => return Ok(BTreeMap::new()),
            names => names?,
        };
        let mut extended = BTreeMap::new();
        for name in names.filter(|name| !OF_THE_TEXT.iter().any(|computed| name == computed)) {
            if let Some(value) = file.get_xattr(&name)? {
                extended.insert(name, value);
            }
        }
        Ok(extended)
    }

    fn label(name: &OsStr) -> String {
        match name == ACCESS_LIST {
            true => "its access list".to_owned(),
            false => format!("its extended attribute {}", name.display()),
        }
    }

    fn not_kept(what: &str, error: &io::Error) -> io::Error {
        io::Error::other(format!("{what} cannot be kept: {}", reason(error)))
    }
}

#[cfg(not(unix))]
mod other {
    use std::fs::{File, Permissions};
    use std::io;

    /// What is kept of a file beside its text.
    #[derive(Debug, PartialEq, Eq)]
    pub(in crate::write) struct Attributes(Permissions);

    impl Attributes {
        pub(in crate::write) fn of(file: &File) -> io::Result<Self> {
            Ok(Self(file.metadata()?.permissions()))
        }

        /// Gives them to a new file.
        pub(in crate::write) fn give(&self, file: &File) -> io::Result<()> {
            file.set_permissions(self.0.clone())
        }
    }
}
