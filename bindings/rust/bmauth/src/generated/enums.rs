// Generated from bindings/spec by bmauth_gen; do not edit.

/// How far a login is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PollState {
    /// The person has not approved yet, or a check is still to be made.
    Pending,
    /// Nothing is left to do; the report is ready.
    Done,
    /// A number that this crate does not know.
    Unknown(i32),
}

impl From<i32> for PollState {
    fn from(number: i32) -> Self {
        match number {
            0 => Self::Pending,
            1 => Self::Done,
            other => Self::Unknown(other),
        }
    }
}

impl From<PollState> for i32 {
    fn from(value: PollState) -> Self {
        match value {
            PollState::Pending => 0,
            PollState::Done => 1,
            PollState::Unknown(other) => other,
        }
    }
}

/// Local or cloud by the caller's will (contract, section 8, row 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Override {
    /// Settings and project decide.
    None,
    /// Local, whatever is configured.
    Local,
    /// The cloud, whatever is configured.
    Cloud,
    /// A number that this crate does not know.
    Unknown(i32),
}

impl From<i32> for Override {
    fn from(number: i32) -> Self {
        match number {
            0 => Self::None,
            1 => Self::Local,
            2 => Self::Cloud,
            other => Self::Unknown(other),
        }
    }
}

impl From<Override> for i32 {
    fn from(value: Override) -> Self {
        match value {
            Override::None => 0,
            Override::Local => 1,
            Override::Cloud => 2,
            Override::Unknown(other) => other,
        }
    }
}

/// Where a project's requests go (contract, section 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// To this machine.
    Local,
    /// To the cloud.
    Cloud,
    /// A number that this crate does not know.
    Unknown(i32),
}

impl From<i32> for Mode {
    fn from(number: i32) -> Self {
        match number {
            0 => Self::Local,
            1 => Self::Cloud,
            other => Self::Unknown(other),
        }
    }
}

impl From<Mode> for i32 {
    fn from(value: Mode) -> Self {
        match value {
            Mode::Local => 0,
            Mode::Cloud => 1,
            Mode::Unknown(other) => other,
        }
    }
}

/// What a credential is for (contract, section 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Purpose {
    /// Requests under /proxy: the API key, else the session.
    Project,
    /// All others: the session, else the API key.
    Account,
    /// A number that this crate does not know.
    Unknown(i32),
}

impl From<i32> for Purpose {
    fn from(number: i32) -> Self {
        match number {
            0 => Self::Project,
            1 => Self::Account,
            other => Self::Unknown(other),
        }
    }
}

impl From<Purpose> for i32 {
    fn from(value: Purpose) -> Self {
        match value {
            Purpose::Project => 0,
            Purpose::Account => 1,
            Purpose::Unknown(other) => other,
        }
    }
}
