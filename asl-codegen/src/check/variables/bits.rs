//! Sets of small numbers.

/// A set of numbers below a size that is given when it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// The empty set.
    pub(super) fn none(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)])
    }

    pub(super) fn insert(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word |= 1 << (number % 64);
        }
    }

    pub(super) fn contains(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// Takes in what is in `other`.
    pub(super) fn unite(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// Keeps what is in `other` too.
    pub(super) fn intersect(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }
}

#[cfg(test)]
mod tests {
    use super::Bits;

    #[test]
    fn a_set_holds_what_was_put_into_it() {
        let of = |numbers: &[usize]| {
            let mut bits = Bits::none(130);
            numbers.iter().for_each(|number| bits.insert(*number));
            bits
        };
        let mut either = of(&[0, 64]);
        either.unite(&of(&[64, 129]));
        assert_eq!(either, of(&[0, 64, 129]));
        let mut both = of(&[0, 64, 129]);
        both.intersect(&of(&[64, 128]));
        assert_eq!(both, of(&[64]));
        assert!(both.contains(64) && !both.contains(0) && !both.contains(1000));
    }
}
