//! The order in which AWS gives the members of objects that it makes, as recorded: that of a Java `HashMap`.
//!
//! An expanded template has its members without `.$` in the order of the definition, then those with `.$` in that
//! order. `States.JsonMerge` gives all members in that order.

/// The indexes of `names` in the order in which a Java `HashMap` that had them inserted in the given order gives them.
pub fn hash_map_order(names: &[&str]) -> Vec<usize> {
    let mut capacity = 16usize;
    // Grows when the load passes three quarters.
    while names.len() * 4 > capacity * 3 {
        capacity *= 2;
    }
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|index| {
        let hash = string_hash(names[*index]);
        (hash ^ (hash >> 16)) as usize & (capacity - 1)
    });
    order
}

/// `java.lang.String.hashCode`.
fn string_hash(text: &str) -> u32 {
    text.encode_utf16().fold(0, |hash, unit| hash.wrapping_mul(31).wrapping_add(u32::from(unit)))
}

#[cfg(test)]
mod tests {
    use super::hash_map_order;

    #[test]
    fn members_come_in_the_recorded_order() {
        let names = ["ApiEndpoint", "Method", "Path", "Stage"];
        let order: Vec<&str> = hash_map_order(&names).into_iter().map(|index| names[index]).collect();
        assert_eq!(order, ["Path", "Stage", "ApiEndpoint", "Method"]);
        let names = ["TaskToken", "arg1", "arg2"];
        let order: Vec<&str> = hash_map_order(&names).into_iter().map(|index| names[index]).collect();
        assert_eq!(order, ["arg2", "arg1", "TaskToken"]);
    }
}
