//! Where in a definition something is: how messages call it, and its pointer in AWS's spelling.

/// An object of the definition.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The state it is in, or the state machine.
    owner: String,
    /// The way from the owner: `Retry[0]`. Empty: the owner itself.
    inside: String,
    /// Its pointer, as AWS spells it: `/States/X/Retry[0]`. Empty: the whole definition.
    pub(crate) pointer: String,
}

impl Place {
    /// The state machine itself.
    pub(crate) fn machine() -> Self {
        Self { owner: "the state machine".to_owned(), inside: String::new(), pointer: String::new() }
    }

    /// The state `name` of the machine at this place.
    pub(crate) fn state(&self, name: &str) -> Self {
        let pointer = format!("{}/States/{name}", self.pointer);
        Self { owner: format!("state `{name}`"), inside: String::new(), pointer }
    }

    /// The part `name` of this place: `Retry[0]`.
    pub(crate) fn enter(&self, name: &str) -> Self {
        let dot = if self.inside.is_empty() { "" } else { "." };
        Self {
            owner: self.owner.clone(),
            inside: format!("{}{dot}{name}", self.inside),
            pointer: format!("{}/{name}", self.pointer),
        }
    }

    /// The place as messages call it: ``state `X` ``, `` `Retry[0]` of state `X` ``.
    pub(crate) fn subject(&self) -> String {
        if self.inside.is_empty() { self.owner.clone() } else { format!("`{}` of {}", self.inside, self.owner) }
    }

    /// A field of the place as messages call it: `` `Retry[0].MaxAttempts` of state `X` ``.
    pub(crate) fn field(&self, name: &str) -> String {
        self.enter(name).subject()
    }

    /// The pointer to a field of the place.
    pub(crate) fn pointer_to(&self, field: &str) -> String {
        format!("{}/{field}", self.pointer)
    }
}
