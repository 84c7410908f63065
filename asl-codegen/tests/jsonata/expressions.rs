use asl_runtime::__private as __rt;

// $states.input.order.id
#[allow(unused_variables, unused_parens, unused_braces)]
fn path<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(__rt::jsonata::compiled::input(evaluation, &["order", "id"]))
}

// $states.input.order.customer
#[allow(unused_variables, unused_parens, unused_braces)]
fn subtree<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(__rt::jsonata::compiled::input(evaluation, &["order", "customer"]))
}

// $states.input.order.items[price > $threshold]
#[allow(unused_variables, unused_parens, unused_braces)]
fn predicate<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::compiled::steps(
                    &__rt::jsonata::compiled::input(evaluation, &[]),
                    &["order"],
                    false,
                ),
                true,
                &mut |item| __rt::jsonata::compiled::select(
                    evaluation,
                    &__rt::jsonata::path::name(item, "items"),
                    &mut |item_2| __rt::jsonata::compiled::holds(
                        __rt::jsonata::Operator::Greater,
                        &__rt::jsonata::path::names(item_2, &["price"]),
                        &__rt::jsonata::compiled::variable(binding_0),
                    ),
                ),
            )?,
            false,
        ),
    )
}

// $sum($states.input.order.items.(price * qty))
#[allow(unused_variables, unused_parens, unused_braces)]
fn sum_map<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    __rt::jsonata::functions::aggregate::sum(
        evaluation,
        &__rt::jsonata::path::singleton(
            __rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::compiled::steps(
                    &__rt::jsonata::compiled::input(evaluation, &[]),
                    &["order", "items"],
                    false,
                ),
                true,
                &mut |item| __rt::jsonata::operators::arithmetic(
                    __rt::jsonata::Operator::Multiply,
                    &__rt::jsonata::path::names(item, &["price"]),
                    &__rt::jsonata::path::names(item, &["qty"]),
                ),
            )?,
            false,
        ),
    )
}

// 's3://' & $states.input.detail.bucket.name & '/' & $states.input.detail.object.key & '?size=' & $states.input.detail.object.size
#[allow(unused_variables, unused_parens, unused_braces)]
fn concat<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    __rt::jsonata::operators::concatenate(
        evaluation,
        &[
            __rt::jsonata::Value::str("s3://"),
            __rt::jsonata::compiled::input(evaluation, &["detail", "bucket", "name"]),
            __rt::jsonata::Value::str("/"),
            __rt::jsonata::compiled::input(evaluation, &["detail", "object", "key"]),
            __rt::jsonata::Value::str("?size="),
            __rt::jsonata::compiled::input(evaluation, &["detail", "object", "size"]),
        ],
    )
}

// $split($states.input.detail.object.key, '/')[-1]
#[allow(unused_variables, unused_parens, unused_braces)]
fn split_index<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::compiled::piece(
                evaluation,
                &__rt::jsonata::Value::Undefined,
                &__rt::jsonata::compiled::input(
                    evaluation,
                    &["detail", "object", "key"],
                ),
                "/",
                -1f64,
            )?,
            false,
        ),
    )
}

// {'id': $states.input.order.id, 'customer': {'name': $states.input.order.customer.name, 'city': $states.input.order.customer.address.city}, 'itemCount': $count($states.input.order.items), 'total': $states.input.order.total, 'started': $states.context.Execution.StartTime}
#[allow(unused_variables, unused_parens, unused_braces)]
fn object<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::compiled::object(
            &mut [
                ("id", __rt::jsonata::compiled::input(evaluation, &["order", "id"])),
                (
                    "customer",
                    __rt::jsonata::compiled::object(
                        &mut [
                            (
                                "name",
                                __rt::jsonata::compiled::input(
                                    evaluation,
                                    &["order", "customer", "name"],
                                ),
                            ),
                            (
                                "city",
                                __rt::jsonata::compiled::input(
                                    evaluation,
                                    &["order", "customer", "address", "city"],
                                ),
                            ),
                        ],
                    ),
                ),
                (
                    "itemCount",
                    __rt::jsonata::functions::aggregate::count(
                        evaluation,
                        &__rt::jsonata::compiled::input(evaluation, &["order", "items"]),
                    )?,
                ),
                (
                    "total",
                    __rt::jsonata::compiled::input(evaluation, &["order", "total"]),
                ),
                (
                    "started",
                    __rt::jsonata::compiled::context(
                        evaluation,
                        &["Execution", "StartTime"],
                    ),
                ),
            ],
        ),
    )
}

// {'id': $states.input.order.id, 'customer': {'name': $states.input.order.customer.name, 'city': $states.input.order.customer.address.city}, 'itemCount': $count($states.input.order.items), 'total': $states.input.order.total, 'started': $states.context.Execution.StartTime}
#[allow(unused_variables, unused_parens, unused_braces)]
fn object_json<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<Option<__rt::Value>> {
    Ok(
        Some({
            let mut object = __rt::Map::with_capacity(5usize);
            __rt::jsonata::compiled::insert(
                &mut object,
                "id",
                __rt::jsonata::compiled::input(evaluation, &["order", "id"]),
            );
            object
                .insert(
                    "customer".to_owned(),
                    {
                        let mut object_2 = __rt::Map::with_capacity(2usize);
                        __rt::jsonata::compiled::insert(
                            &mut object_2,
                            "name",
                            __rt::jsonata::compiled::input(
                                evaluation,
                                &["order", "customer", "name"],
                            ),
                        );
                        __rt::jsonata::compiled::insert(
                            &mut object_2,
                            "city",
                            __rt::jsonata::compiled::input(
                                evaluation,
                                &["order", "customer", "address", "city"],
                            ),
                        );
                        __rt::Value::Object(object_2)
                    },
                );
            __rt::jsonata::compiled::insert(
                &mut object,
                "itemCount",
                __rt::jsonata::functions::aggregate::count(
                    evaluation,
                    &__rt::jsonata::compiled::input(evaluation, &["order", "items"]),
                )?,
            );
            __rt::jsonata::compiled::insert(
                &mut object,
                "total",
                __rt::jsonata::compiled::input(evaluation, &["order", "total"]),
            );
            __rt::jsonata::compiled::insert(
                &mut object,
                "started",
                __rt::jsonata::compiled::context(evaluation, &["Execution", "StartTime"]),
            );
            __rt::Value::Object(object)
        }),
    )
}

// $map($states.input.order.items, function($v, $i) { {'line': $i + 1, 'sku': $v.sku, 'amount': $v.price * $v.qty} })
#[allow(unused_variables, unused_parens, unused_braces)]
fn map_lambda<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::functions::higher_order::map(
                evaluation,
                &__rt::jsonata::compiled::input(evaluation, &["order", "items"]),
                &mut |v, i, _| {
                    let i = __rt::jsonata::compiled::index(i);
                    __rt::jsonata::compiled::bounded(
                        __rt::jsonata::compiled::object(
                            &mut [
                                (
                                    "line",
                                    __rt::jsonata::operators::arithmetic(
                                        __rt::jsonata::Operator::Add,
                                        &i,
                                        &__rt::jsonata::Value::Number(1f64),
                                    )?,
                                ),
                                ("sku", __rt::jsonata::path::names(v, &["sku"])),
                                (
                                    "amount",
                                    __rt::jsonata::operators::arithmetic(
                                        __rt::jsonata::Operator::Multiply,
                                        &__rt::jsonata::path::names(v, &["price"]),
                                        &__rt::jsonata::path::names(v, &["qty"]),
                                    )?,
                                ),
                            ],
                        ),
                    )
                },
            )?,
            false,
        ),
    )
}

// $map($states.input.order.items, function($v, $i) { {'line': $i + 1, 'sku': $v.sku, 'amount': $v.price * $v.qty} })
#[allow(unused_variables, unused_parens, unused_braces)]
fn map_lambda_json<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<Option<__rt::Value>> {
    Ok(
        __rt::jsonata::compiled::map_json(
            evaluation,
            &__rt::jsonata::compiled::input(evaluation, &["order", "items"]),
            false,
            &mut |v, i, _| {
                let i = __rt::jsonata::compiled::index(i);
                Ok(
                    Some({
                        let mut object = __rt::Map::with_capacity(3usize);
                        __rt::jsonata::compiled::insert(
                            &mut object,
                            "line",
                            __rt::jsonata::operators::arithmetic(
                                __rt::jsonata::Operator::Add,
                                &i,
                                &__rt::jsonata::Value::Number(1f64),
                            )?,
                        );
                        __rt::jsonata::compiled::insert(
                            &mut object,
                            "sku",
                            __rt::jsonata::path::names(v, &["sku"]),
                        );
                        __rt::jsonata::compiled::insert(
                            &mut object,
                            "amount",
                            __rt::jsonata::operators::arithmetic(
                                __rt::jsonata::Operator::Multiply,
                                &__rt::jsonata::path::names(v, &["price"]),
                                &__rt::jsonata::path::names(v, &["qty"]),
                            )?,
                        );
                        __rt::Value::Object(object)
                    }),
                )
            },
        )?,
    )
}

// $filter($states.input.order.items, function($v) { $v.category = 'books' and $v.price < 60 })
#[allow(unused_variables, unused_parens, unused_braces)]
fn filter_lambda<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::functions::higher_order::filter(
                evaluation,
                &__rt::jsonata::compiled::input(evaluation, &["order", "items"]),
                &mut |v, _, _| Ok(
                    __rt::jsonata::Value::Bool(
                        (__rt::jsonata::compiled::is_text(
                            &__rt::jsonata::path::names(v, &["category"]),
                            "books",
                        )
                            && __rt::jsonata::compiled::side(
                                "and",
                                || __rt::jsonata::compiled::holds(
                                    __rt::jsonata::Operator::Less,
                                    &__rt::jsonata::path::names(v, &["price"]),
                                    &__rt::jsonata::Value::Number(60f64),
                                ),
                            )?),
                    ),
                ),
            )?,
            false,
        ),
    )
}

// $reduce($states.input.order.items, function($acc, $x) { $acc + $x.price * $x.qty }, 0)
#[allow(unused_variables, unused_parens, unused_braces)]
fn reduce<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::functions::higher_order::reduce(
                evaluation,
                &__rt::jsonata::compiled::input(evaluation, &["order", "items"]),
                &mut |acc, x, _, _| __rt::jsonata::operators::arithmetic(
                    __rt::jsonata::Operator::Add,
                    &acc,
                    &__rt::jsonata::operators::arithmetic(
                        __rt::jsonata::Operator::Multiply,
                        &__rt::jsonata::path::names(x, &["price"]),
                        &__rt::jsonata::path::names(x, &["qty"]),
                    )?,
                ),
                &__rt::jsonata::Value::Number(0f64),
            )?,
            false,
        ),
    )
}

// $states.input.order.items^(>price, name).sku
#[allow(unused_variables, unused_parens, unused_braces)]
fn sort<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::names(
            &__rt::jsonata::compiled::sort(
                evaluation,
                &__rt::jsonata::compiled::steps(
                    &__rt::jsonata::compiled::input(evaluation, &[]),
                    &["order", "items"],
                    false,
                ),
                &[true, false],
                &mut |item, term| match term {
                    0usize => Ok(__rt::jsonata::path::names(item, &["price"])),
                    _ => Ok(__rt::jsonata::path::names(item, &["name"])),
                },
            )?,
            &["sku"],
        ),
    )
}

// $states.input.order.items{category: $sum(price)}
#[allow(unused_variables, unused_parens, unused_braces)]
fn group_by<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    __rt::jsonata::compiled::group(
        evaluation,
        &__rt::jsonata::compiled::steps(
            &__rt::jsonata::compiled::input(evaluation, &[]),
            &["order", "items"],
            false,
        ),
        1usize,
        &mut |pair, item| Ok(__rt::jsonata::path::names(item, &["category"])),
        &mut |pair, item_2| __rt::jsonata::functions::aggregate::sum(
            evaluation,
            &__rt::jsonata::path::names(item_2, &["price"]),
        ),
    )
}

// $states.input.order.customer.tier in ['gold', 'platinum'] and $states.input.order.total >= 100
#[allow(unused_variables, unused_parens, unused_braces)]
fn choice<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::Value::Bool(
            (__rt::jsonata::compiled::is_one_of(
                &__rt::jsonata::compiled::input(
                    evaluation,
                    &["order", "customer", "tier"],
                ),
                &[
                    __rt::jsonata::Value::str("gold"),
                    __rt::jsonata::Value::str("platinum"),
                ],
            )
                && __rt::jsonata::compiled::side(
                    "and",
                    || __rt::jsonata::compiled::holds(
                        __rt::jsonata::Operator::GreaterEqual,
                        &__rt::jsonata::compiled::input(evaluation, &["order", "total"]),
                        &__rt::jsonata::Value::Number(100f64),
                    ),
                )?),
        ),
    )
}

// $exists($states.input.order.coupon) ? $states.input.order.coupon.rate : $states.input.order.total > 1000 ? 0.1 : 0
#[allow(unused_variables, unused_parens, unused_braces)]
fn conditional<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        if __rt::jsonata::operators::boolean(
            &__rt::jsonata::functions::general::exists(
                evaluation,
                &__rt::jsonata::compiled::input(evaluation, &["order", "coupon"]),
            )?,
        )? {
            __rt::jsonata::compiled::input(evaluation, &["order", "coupon", "rate"])
        } else {
            if __rt::jsonata::compiled::holds(
                __rt::jsonata::Operator::Greater,
                &__rt::jsonata::compiled::input(evaluation, &["order", "total"]),
                &__rt::jsonata::Value::Number(1000f64),
            )? {
                __rt::jsonata::Value::Number(0.1f64)
            } else {
                __rt::jsonata::Value::Number(0f64)
            }
        },
    )
}

// $merge([$states.input.order.customer, {'processed': true, 'when': $states.context.Execution.StartTime}])
#[allow(unused_variables, unused_parens, unused_braces)]
fn merge<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    __rt::jsonata::functions::object::merge(
        evaluation,
        &{
            let mut items = Vec::with_capacity(2usize);
            __rt::jsonata::compiled::append(
                evaluation,
                &mut items,
                __rt::jsonata::compiled::input(evaluation, &["order", "customer"]),
            )?;
            items
                .push(
                    __rt::jsonata::compiled::object(
                        &mut [
                            ("processed", __rt::jsonata::Value::Bool(true)),
                            (
                                "when",
                                __rt::jsonata::compiled::context(
                                    evaluation,
                                    &["Execution", "StartTime"],
                                ),
                            ),
                        ],
                    ),
                );
            __rt::jsonata::compiled::array(items)
        },
    )
}

// $merge([$states.input.order.customer, {'processed': true, 'when': $states.context.Execution.StartTime}])
#[allow(unused_variables, unused_parens, unused_braces)]
fn merge_json<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<Option<__rt::Value>> {
    Ok(
        Some(
            __rt::jsonata::compiled::merge_json(
                evaluation,
                vec![
                    __rt::jsonata::compiled::input(evaluation, & ["order", "customer"]),
                    __rt::jsonata::compiled::object(& mut [("processed",
                    __rt::jsonata::Value::Bool(true)), ("when",
                    __rt::jsonata::compiled::context(evaluation, & ["Execution",
                    "StartTime"]))])
                ],
            )?,
        ),
    )
}

// $fromMillis($states.input.requestTime, '[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01]Z')
#[allow(unused_variables, unused_parens, unused_braces)]
fn from_millis<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    __rt::jsonata::functions::time::from_millis_with(
        evaluation,
        &__rt::jsonata::Value::Undefined,
        &__rt::jsonata::compiled::input(evaluation, &["requestTime"]),
        {
            static PICTURE: __rt::jsonata::functions::time::Literal = __rt::jsonata::functions::time::Literal::new(
                "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01]Z",
            );
            &PICTURE
        },
        &__rt::jsonata::Value::Undefined,
    )
}

// $replace($states.input.order.id, /[^A-Za-z0-9]+/, '_')
#[allow(unused_variables, unused_parens, unused_braces)]
fn replace_regex<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    __rt::jsonata::functions::matching::replace(
        evaluation,
        &__rt::jsonata::Value::Undefined,
        &__rt::jsonata::compiled::input(evaluation, &["order", "id"]),
        &{
            static PATTERN: __rt::jsonata::regex::Literal = __rt::jsonata::regex::Literal::new(
                "[^A-Za-z0-9]+",
                false,
                false,
            );
            __rt::jsonata::compiled::regex(&PATTERN)?
        },
        &__rt::jsonata::Value::str("_"),
        &__rt::jsonata::Value::Undefined,
    )
}

// $match($states.input.order.customer.email, /^([a-z.]+)@([a-z.]+)$/).groups[1]
#[allow(unused_variables, unused_parens, unused_braces)]
fn match_regex<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::path::singleton(
                    __rt::jsonata::functions::matching::match_(
                        evaluation,
                        &__rt::jsonata::Value::Undefined,
                        &__rt::jsonata::compiled::input(
                            evaluation,
                            &["order", "customer", "email"],
                        ),
                        &{
                            static PATTERN: __rt::jsonata::regex::Literal = __rt::jsonata::regex::Literal::new(
                                "^([a-z.]+)@([a-z.]+)$",
                                false,
                                false,
                            );
                            __rt::jsonata::compiled::regex(&PATTERN)?
                        },
                        &__rt::jsonata::Value::Undefined,
                    )?,
                    false,
                ),
                true,
                &mut |item| Ok(
                    __rt::jsonata::path::index(
                        &__rt::jsonata::path::name(item, "groups"),
                        1f64,
                    ),
                ),
            )?,
            false,
        ),
    )
}

// ( $items := $states.input.order.items[qty > 0]; $lines := $items.{'sku': sku, 'label': $uppercase(name) & ' x' & $string(qty), 'amount': $round(price * qty, 2)}; {'orderId': $states.input.order.id, 'lines': $lines, 'total': $sum($lines.amount), 'byCategory': $items{category: $count($)}, 'vip': $states.input.order.customer.tier = 'gold' ? true : false} )
#[allow(unused_variables, unused_parens, unused_braces)]
fn transform<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok({
        let items = __rt::jsonata::path::singleton(
            __rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::compiled::steps(
                    &__rt::jsonata::compiled::input(evaluation, &[]),
                    &["order"],
                    false,
                ),
                true,
                &mut |item| __rt::jsonata::compiled::select(
                    evaluation,
                    &__rt::jsonata::path::name(item, "items"),
                    &mut |item_2| __rt::jsonata::compiled::holds(
                        __rt::jsonata::Operator::Greater,
                        &__rt::jsonata::path::names(item_2, &["qty"]),
                        &__rt::jsonata::Value::Number(0f64),
                    ),
                ),
            )?,
            false,
        );
        let lines = __rt::jsonata::path::singleton(
            __rt::jsonata::compiled::step(
                evaluation,
                &items,
                true,
                &mut |item_3| Ok({
                    let item_4 = &__rt::jsonata::compiled::whole(evaluation, item_3)?;
                    __rt::jsonata::compiled::object(
                        &mut [
                            ("sku", __rt::jsonata::path::names(item_4, &["sku"])),
                            (
                                "label",
                                __rt::jsonata::operators::concatenate(
                                    evaluation,
                                    &[
                                        __rt::jsonata::functions::string::uppercase(
                                            evaluation,
                                            &__rt::jsonata::path::names(item_4, &["name"]),
                                        )?,
                                        __rt::jsonata::Value::str(" x"),
                                        __rt::jsonata::functions::string::string(
                                            evaluation,
                                            &__rt::jsonata::path::names(item_4, &["qty"]),
                                            &__rt::jsonata::Value::Undefined,
                                        )?,
                                    ],
                                )?,
                            ),
                            (
                                "amount",
                                __rt::jsonata::functions::number::round(
                                    evaluation,
                                    &__rt::jsonata::operators::arithmetic(
                                        __rt::jsonata::Operator::Multiply,
                                        &__rt::jsonata::path::names(item_4, &["price"]),
                                        &__rt::jsonata::path::names(item_4, &["qty"]),
                                    )?,
                                    &__rt::jsonata::Value::Number(2f64),
                                )?,
                            ),
                        ],
                    )
                }),
            )?,
            false,
        );
        __rt::jsonata::compiled::object(
            &mut [
                (
                    "orderId",
                    __rt::jsonata::compiled::input(evaluation, &["order", "id"]),
                ),
                ("lines", lines.clone()),
                (
                    "total",
                    __rt::jsonata::functions::aggregate::sum(
                        evaluation,
                        &__rt::jsonata::path::names(&lines, &["amount"]),
                    )?,
                ),
                (
                    "byCategory",
                    __rt::jsonata::compiled::group(
                        evaluation,
                        &items,
                        1usize,
                        &mut |pair, item_5| Ok(
                            __rt::jsonata::path::names(item_5, &["category"]),
                        ),
                        &mut |pair, item_6| __rt::jsonata::functions::aggregate::count(
                            evaluation,
                            item_6,
                        ),
                    )?,
                ),
                (
                    "vip",
                    __rt::jsonata::Value::Bool(
                        if __rt::jsonata::compiled::is_text(
                            &__rt::jsonata::compiled::input(
                                evaluation,
                                &["order", "customer", "tier"],
                            ),
                            "gold",
                        ) {
                            true
                        } else {
                            false
                        },
                    ),
                ),
            ],
        )
    })
}

// ( $items := $states.input.order.items[qty > 0]; $lines := $items.{'sku': sku, 'label': $uppercase(name) & ' x' & $string(qty), 'amount': $round(price * qty, 2)}; {'orderId': $states.input.order.id, 'lines': $lines, 'total': $sum($lines.amount), 'byCategory': $items{category: $count($)}, 'vip': $states.input.order.customer.tier = 'gold' ? true : false} )
#[allow(unused_variables, unused_parens, unused_braces)]
fn transform_json<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<Option<__rt::Value>> {
    Ok(
        Some({
            let items = __rt::jsonata::path::singleton(
                __rt::jsonata::compiled::step(
                    evaluation,
                    &__rt::jsonata::compiled::steps(
                        &__rt::jsonata::compiled::input(evaluation, &[]),
                        &["order"],
                        false,
                    ),
                    true,
                    &mut |item| __rt::jsonata::compiled::select(
                        evaluation,
                        &__rt::jsonata::path::name(item, "items"),
                        &mut |item_2| __rt::jsonata::compiled::holds(
                            __rt::jsonata::Operator::Greater,
                            &__rt::jsonata::path::names(item_2, &["qty"]),
                            &__rt::jsonata::Value::Number(0f64),
                        ),
                    ),
                )?,
                false,
            );
            let lines = __rt::jsonata::path::singleton(
                __rt::jsonata::compiled::step(
                    evaluation,
                    &items,
                    true,
                    &mut |item_3| Ok({
                        let item_4 = &__rt::jsonata::compiled::whole(
                            evaluation,
                            item_3,
                        )?;
                        __rt::jsonata::compiled::object(
                            &mut [
                                ("sku", __rt::jsonata::path::names(item_4, &["sku"])),
                                (
                                    "label",
                                    __rt::jsonata::operators::concatenate(
                                        evaluation,
                                        &[
                                            __rt::jsonata::functions::string::uppercase(
                                                evaluation,
                                                &__rt::jsonata::path::names(item_4, &["name"]),
                                            )?,
                                            __rt::jsonata::Value::str(" x"),
                                            __rt::jsonata::functions::string::string(
                                                evaluation,
                                                &__rt::jsonata::path::names(item_4, &["qty"]),
                                                &__rt::jsonata::Value::Undefined,
                                            )?,
                                        ],
                                    )?,
                                ),
                                (
                                    "amount",
                                    __rt::jsonata::functions::number::round(
                                        evaluation,
                                        &__rt::jsonata::operators::arithmetic(
                                            __rt::jsonata::Operator::Multiply,
                                            &__rt::jsonata::path::names(item_4, &["price"]),
                                            &__rt::jsonata::path::names(item_4, &["qty"]),
                                        )?,
                                        &__rt::jsonata::Value::Number(2f64),
                                    )?,
                                ),
                            ],
                        )
                    }),
                )?,
                false,
            );
            {
                let mut object = __rt::Map::with_capacity(5usize);
                __rt::jsonata::compiled::insert(
                    &mut object,
                    "orderId",
                    __rt::jsonata::compiled::input(evaluation, &["order", "id"]),
                );
                __rt::jsonata::compiled::insert(&mut object, "lines", lines.clone());
                __rt::jsonata::compiled::insert(
                    &mut object,
                    "total",
                    __rt::jsonata::functions::aggregate::sum(
                        evaluation,
                        &__rt::jsonata::path::names(&lines, &["amount"]),
                    )?,
                );
                __rt::jsonata::compiled::insert(
                    &mut object,
                    "byCategory",
                    __rt::jsonata::compiled::group(
                        evaluation,
                        &items,
                        1usize,
                        &mut |pair, item_5| Ok(
                            __rt::jsonata::path::names(item_5, &["category"]),
                        ),
                        &mut |pair, item_6| __rt::jsonata::functions::aggregate::count(
                            evaluation,
                            item_6,
                        ),
                    )?,
                );
                __rt::jsonata::compiled::insert(
                    &mut object,
                    "vip",
                    __rt::jsonata::Value::Bool(
                        if __rt::jsonata::compiled::is_text(
                            &__rt::jsonata::compiled::input(
                                evaluation,
                                &["order", "customer", "tier"],
                            ),
                            "gold",
                        ) {
                            true
                        } else {
                            false
                        },
                    ),
                );
                __rt::Value::Object(object)
            }
        }),
    )
}

// {'a': 1, 'b': [1, [2, 3]], 'c': {'d': null}}
#[allow(unused_variables, unused_parens, unused_braces)]
fn literal_object<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::compiled::object(
            &mut [
                ("a", __rt::jsonata::Value::Number(1f64)),
                (
                    "b",
                    __rt::jsonata::compiled::array(
                        vec![
                            __rt::jsonata::Value::Number(1f64),
                            __rt::jsonata::compiled::array(vec![__rt::jsonata::Value::Number(2f64),
                            __rt::jsonata::Value::Number(3f64)])
                        ],
                    ),
                ),
                (
                    "c",
                    __rt::jsonata::compiled::object(
                        &mut [("d", __rt::jsonata::Value::Null)],
                    ),
                ),
            ],
        ),
    )
}

// {'a': 1, 'b': [1, [2, 3]], 'c': {'d': null}}
#[allow(unused_variables, unused_parens, unused_braces)]
fn literal_object_json<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<Option<__rt::Value>> {
    Ok(
        Some({
            let mut object = __rt::Map::with_capacity(3usize);
            __rt::jsonata::compiled::insert(
                &mut object,
                "a",
                __rt::jsonata::Value::Number(1f64),
            );
            object
                .insert(
                    "b".to_owned(),
                    {
                        let mut items = Vec::with_capacity(2usize);
                        __rt::jsonata::compiled::push_items(
                            &mut items,
                            __rt::jsonata::Value::Number(1f64),
                        );
                        items
                            .push({
                                let mut items_2 = Vec::with_capacity(2usize);
                                __rt::jsonata::compiled::push_items(
                                    &mut items_2,
                                    __rt::jsonata::Value::Number(2f64),
                                );
                                __rt::jsonata::compiled::push_items(
                                    &mut items_2,
                                    __rt::jsonata::Value::Number(3f64),
                                );
                                __rt::Value::Array(items_2)
                            });
                        __rt::Value::Array(items)
                    },
                );
            object
                .insert(
                    "c".to_owned(),
                    {
                        let mut object_2 = __rt::Map::with_capacity(1usize);
                        __rt::jsonata::compiled::insert(
                            &mut object_2,
                            "d",
                            __rt::jsonata::Value::Null,
                        );
                        __rt::Value::Object(object_2)
                    },
                );
            __rt::Value::Object(object)
        }),
    )
}

// {'a': {}, 'b': []}
#[allow(unused_variables, unused_parens, unused_braces)]
fn empties<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::compiled::object(
            &mut [
                ("a", __rt::jsonata::compiled::object(&mut [])),
                ("b", __rt::jsonata::compiled::array(vec![])),
            ],
        ),
    )
}

// {'a': {}, 'b': []}
#[allow(unused_variables, unused_parens, unused_braces)]
fn empties_json<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<Option<__rt::Value>> {
    Ok(
        Some({
            let mut object = __rt::Map::with_capacity(2usize);
            object.insert("a".to_owned(), __rt::Value::Object(__rt::Map::new()));
            object.insert("b".to_owned(), __rt::Value::Array(Vec::new()));
            __rt::Value::Object(object)
        }),
    )
}

// [$states.input.order.items.qty, 1, [2], 1..3]
#[allow(unused_variables, unused_parens, unused_braces)]
fn array<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok({
        let mut items = Vec::with_capacity(4usize);
        __rt::jsonata::compiled::append(
            evaluation,
            &mut items,
            __rt::jsonata::compiled::input(evaluation, &["order", "items", "qty"]),
        )?;
        items.push(__rt::jsonata::Value::Number(1f64));
        items
            .push(
                __rt::jsonata::compiled::array(vec![__rt::jsonata::Value::Number(2f64)]),
            );
        __rt::jsonata::compiled::append(
            evaluation,
            &mut items,
            __rt::jsonata::path::singleton(
                __rt::jsonata::operators::range(
                    evaluation,
                    &__rt::jsonata::Value::Number(1f64),
                    &__rt::jsonata::Value::Number(3f64),
                )?,
                false,
            ),
        )?;
        __rt::jsonata::compiled::array(items)
    })
}

// [$states.input.order.items.qty, 1, [2], 1..3]
#[allow(unused_variables, unused_parens, unused_braces)]
fn array_json<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<Option<__rt::Value>> {
    Ok(
        Some({
            let mut items = Vec::with_capacity(4usize);
            __rt::jsonata::compiled::push_items(
                &mut items,
                __rt::jsonata::compiled::input(evaluation, &["order", "items", "qty"]),
            );
            __rt::jsonata::compiled::push_items(
                &mut items,
                __rt::jsonata::Value::Number(1f64),
            );
            items
                .push({
                    let mut items_2 = Vec::with_capacity(1usize);
                    __rt::jsonata::compiled::push_items(
                        &mut items_2,
                        __rt::jsonata::Value::Number(2f64),
                    );
                    __rt::Value::Array(items_2)
                });
            __rt::jsonata::compiled::push_items(
                &mut items,
                __rt::jsonata::path::singleton(
                    __rt::jsonata::operators::range(
                        evaluation,
                        &__rt::jsonata::Value::Number(1f64),
                        &__rt::jsonata::Value::Number(3f64),
                    )?,
                    false,
                ),
            );
            __rt::Value::Array(items)
        }),
    )
}

// $states.errorOutput.Cause
#[allow(unused_variables, unused_parens, unused_braces)]
fn error<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(__rt::jsonata::compiled::error_output(evaluation, &["Cause"]))
}

// $nothing
#[allow(unused_variables, unused_parens, unused_braces)]
fn unassigned<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(__rt::jsonata::Value::Undefined)
}

// $states.input.order.items[qty > 3].sku[]
#[allow(unused_variables, unused_parens, unused_braces)]
fn keep<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::compiled::step(
                    evaluation,
                    &__rt::jsonata::compiled::steps(
                        &__rt::jsonata::compiled::input(evaluation, &[]),
                        &["order"],
                        false,
                    ),
                    false,
                    &mut |item| __rt::jsonata::compiled::select(
                        evaluation,
                        &__rt::jsonata::path::name(item, "items"),
                        &mut |item_2| __rt::jsonata::compiled::holds(
                            __rt::jsonata::Operator::Greater,
                            &__rt::jsonata::path::names(item_2, &["qty"]),
                            &__rt::jsonata::Value::Number(3f64),
                        ),
                    ),
                )?,
                true,
                &mut |item_3| Ok(__rt::jsonata::path::name(item_3, "sku")),
            )?,
            true,
        ),
    )
}

// $states.input.empty[]
#[allow(unused_variables, unused_parens, unused_braces)]
fn keep_empty<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::compiled::input(evaluation, &[]),
                true,
                &mut |item| Ok(__rt::jsonata::path::name(item, "empty")),
            )?,
            true,
        ),
    )
}

// $filter($states.input.order.items, function($v) { $v.qty > 3 })[]
#[allow(unused_variables, unused_parens, unused_braces)]
fn kept_call<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::compiled::kept(
            __rt::jsonata::functions::higher_order::filter(
                evaluation,
                &__rt::jsonata::compiled::input(evaluation, &["order", "items"]),
                &mut |v, _, _| __rt::jsonata::operators::compare(
                    __rt::jsonata::Operator::Greater,
                    &__rt::jsonata::path::names(v, &["qty"]),
                    &__rt::jsonata::Value::Number(3f64),
                ),
            )?,
        ),
    )
}

// $states.input.order.items[category = 'books'][0].name
#[allow(unused_variables, unused_parens, unused_braces)]
fn nested_predicates<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::names(
            &__rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::compiled::steps(
                    &__rt::jsonata::compiled::input(evaluation, &[]),
                    &["order"],
                    false,
                ),
                false,
                &mut |item| Ok(
                    __rt::jsonata::path::index(
                        &__rt::jsonata::compiled::select(
                            evaluation,
                            &__rt::jsonata::path::name(item, "items"),
                            &mut |item_2| Ok(
                                __rt::jsonata::compiled::is_text(
                                    &__rt::jsonata::path::names(item_2, &["category"]),
                                    "books",
                                ),
                            ),
                        )?,
                        0f64,
                    ),
                ),
            )?,
            &["name"],
        ),
    )
}

// $states.input.order.items[-1].sku
#[allow(unused_variables, unused_parens, unused_braces)]
fn last<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::names(
            &__rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::compiled::steps(
                    &__rt::jsonata::compiled::input(evaluation, &[]),
                    &["order"],
                    false,
                ),
                false,
                &mut |item| Ok(
                    __rt::jsonata::path::index(
                        &__rt::jsonata::path::name(item, "items"),
                        -1f64,
                    ),
                ),
            )?,
            &["sku"],
        ),
    )
}

// $count($states.input.order.**)
#[allow(unused_variables, unused_parens, unused_braces)]
fn descendants<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    __rt::jsonata::functions::aggregate::count(
        evaluation,
        &__rt::jsonata::path::singleton(
            __rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::compiled::steps(
                    &__rt::jsonata::compiled::input(evaluation, &[]),
                    &["order"],
                    false,
                ),
                true,
                &mut |item| Ok(__rt::jsonata::path::descendants(item)),
            )?,
            false,
        ),
    )
}

// $states.input.detail.*.name
#[allow(unused_variables, unused_parens, unused_braces)]
fn wildcard<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::names(
            &__rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::compiled::steps(
                    &__rt::jsonata::compiled::input(evaluation, &[]),
                    &["detail"],
                    false,
                ),
                false,
                &mut |item| Ok(
                    __rt::jsonata::path::singleton(
                        __rt::jsonata::path::wildcard(item),
                        false,
                    ),
                ),
            )?,
            &["name"],
        ),
    )
}

// $states.input.order.total > 10 and $not($exists($states.input.order.coupon)) or $lowercase($states.input.order.id) = 'x'
#[allow(unused_variables, unused_parens, unused_braces)]
fn logic<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::Value::Bool(
            ((__rt::jsonata::compiled::holds(
                __rt::jsonata::Operator::Greater,
                &__rt::jsonata::compiled::input(evaluation, &["order", "total"]),
                &__rt::jsonata::Value::Number(10f64),
            )?
                && __rt::jsonata::compiled::side(
                    "and",
                    || __rt::jsonata::operators::boolean(
                        &__rt::jsonata::functions::general::not(
                            evaluation,
                            &__rt::jsonata::functions::general::exists(
                                evaluation,
                                &__rt::jsonata::compiled::input(
                                    evaluation,
                                    &["order", "coupon"],
                                ),
                            )?,
                        )?,
                    ),
                )?)
                || __rt::jsonata::compiled::side(
                    "or",
                    || Ok(
                        __rt::jsonata::compiled::is_text(
                            &__rt::jsonata::functions::string::lowercase(
                                evaluation,
                                &__rt::jsonata::compiled::input(
                                    evaluation,
                                    &["order", "id"],
                                ),
                            )?,
                            "x",
                        ),
                    ),
                )?),
        ),
    )
}

// -($states.input.order.total + 1) / 2 % 7 * 3 - 1
#[allow(unused_variables, unused_parens, unused_braces)]
fn arithmetic<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    __rt::jsonata::operators::arithmetic(
        __rt::jsonata::Operator::Subtract,
        &__rt::jsonata::operators::arithmetic(
            __rt::jsonata::Operator::Multiply,
            &__rt::jsonata::operators::arithmetic(
                __rt::jsonata::Operator::Remainder,
                &__rt::jsonata::operators::arithmetic(
                    __rt::jsonata::Operator::Divide,
                    &__rt::jsonata::operators::negate(
                        &__rt::jsonata::operators::arithmetic(
                            __rt::jsonata::Operator::Add,
                            &__rt::jsonata::compiled::input(
                                evaluation,
                                &["order", "total"],
                            ),
                            &__rt::jsonata::Value::Number(1f64),
                        )?,
                    )?,
                    &__rt::jsonata::Value::Number(2f64),
                )?,
                &__rt::jsonata::Value::Number(7f64),
            )?,
            &__rt::jsonata::Value::Number(3f64),
        )?,
        &__rt::jsonata::Value::Number(1f64),
    )
}

// $states.input.order.items.name ~> $map($uppercase) ~> $join(', ')
#[allow(unused_variables, unused_parens, unused_braces)]
fn pipe<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    __rt::jsonata::functions::string::join(
        evaluation,
        &__rt::jsonata::path::singleton(
            __rt::jsonata::compiled::call(
                evaluation,
                __rt::jsonata::BuiltIn::Map,
                &__rt::jsonata::Value::Undefined,
                vec![
                    __rt::jsonata::compiled::input(evaluation, & ["order", "items",
                    "name"]),
                    __rt::jsonata::compiled::built_in(__rt::jsonata::BuiltIn::Uppercase)
                ],
            )?,
            false,
        ),
        &__rt::jsonata::Value::str(", "),
    )
}

// ( $twice := function($x) { $x & $x }; $states.input.order.id ~> $twice )
#[allow(unused_variables, unused_parens, unused_braces)]
fn piped_lambda<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok({
        let twice = __rt::jsonata::compiled::lambda(|[x]| __rt::jsonata::operators::concatenate(
            evaluation,
            &[x.clone(), x.clone()],
        ));
        __rt::jsonata::path::singleton(
            twice([__rt::jsonata::compiled::input(evaluation, &["order", "id"])])?,
            false,
        )
    })
}

// $map($states.input.matrix, function($row) { $filter($row, function($v) { $v > 1 }) })
#[allow(unused_variables, unused_parens, unused_braces)]
fn nested_map<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::functions::higher_order::map(
                evaluation,
                &__rt::jsonata::compiled::input(evaluation, &["matrix"]),
                &mut |row, _, _| __rt::jsonata::compiled::bounded(
                    __rt::jsonata::functions::higher_order::filter(
                        evaluation,
                        &__rt::jsonata::path::singleton(row.clone(), false),
                        &mut |v, _, _| __rt::jsonata::operators::compare(
                            __rt::jsonata::Operator::Greater,
                            &__rt::jsonata::path::singleton(v.clone(), false),
                            &__rt::jsonata::Value::Number(1f64),
                        ),
                    )?,
                ),
            )?,
            false,
        ),
    )
}

// $map($states.input.matrix, function($row) { $map($row, function($v) { $v * 2 }) }).$count($)
#[allow(unused_variables, unused_parens, unused_braces)]
fn ends_with_call<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::path::singleton(
                    __rt::jsonata::functions::higher_order::map(
                        evaluation,
                        &__rt::jsonata::compiled::input(evaluation, &["matrix"]),
                        &mut |row, _, _| __rt::jsonata::compiled::bounded(
                            __rt::jsonata::functions::higher_order::map(
                                evaluation,
                                &__rt::jsonata::path::singleton(row.clone(), false),
                                &mut |v, _, _| __rt::jsonata::operators::arithmetic(
                                    __rt::jsonata::Operator::Multiply,
                                    &__rt::jsonata::path::singleton(v.clone(), false),
                                    &__rt::jsonata::Value::Number(2f64),
                                ),
                            )?,
                        ),
                    )?,
                    false,
                ),
                true,
                &mut |item| __rt::jsonata::functions::aggregate::count(
                    evaluation,
                    &__rt::jsonata::path::singleton(item.clone(), false),
                ),
            )?,
            false,
        ),
    )
}

// ( $amount := function($v) { $v.price * $v.qty }; $names := $map($states.input.order.items, $amount); $amount($states.input.order.items[1]) & '/' & $sum($names) )
#[allow(unused_variables, unused_parens, unused_braces)]
fn named_lambda<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok({
        let amount = __rt::jsonata::compiled::lambda(|[v]| __rt::jsonata::operators::arithmetic(
            __rt::jsonata::Operator::Multiply,
            &__rt::jsonata::path::names(&v, &["price"]),
            &__rt::jsonata::path::names(&v, &["qty"]),
        ));
        let names = __rt::jsonata::path::singleton(
            __rt::jsonata::functions::higher_order::map(
                evaluation,
                &__rt::jsonata::compiled::input(evaluation, &["order", "items"]),
                &mut |argument, _, _| amount([argument.clone()]),
            )?,
            false,
        );
        __rt::jsonata::operators::concatenate(
            evaluation,
            &[
                __rt::jsonata::path::singleton(
                    amount([
                        __rt::jsonata::path::singleton(
                            __rt::jsonata::compiled::step(
                                evaluation,
                                &__rt::jsonata::compiled::steps(
                                    &__rt::jsonata::compiled::input(evaluation, &[]),
                                    &["order"],
                                    false,
                                ),
                                true,
                                &mut |item| Ok(
                                    __rt::jsonata::path::index(
                                        &__rt::jsonata::path::name(item, "items"),
                                        1f64,
                                    ),
                                ),
                            )?,
                            false,
                        ),
                    ])?,
                    false,
                ),
                __rt::jsonata::Value::str("/"),
                __rt::jsonata::functions::aggregate::sum(evaluation, &names)?,
            ],
        )?
    })
}

// $each($states.input.order.customer, function($v, $k) { $k & '=' & $type($v) })
#[allow(unused_variables, unused_parens, unused_braces)]
fn each<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::functions::higher_order::each(
                evaluation,
                &__rt::jsonata::compiled::input(evaluation, &["order", "customer"]),
                &mut |v, k, _| {
                    let k = __rt::jsonata::compiled::name(k);
                    __rt::jsonata::operators::concatenate(
                        evaluation,
                        &[
                            k.clone(),
                            __rt::jsonata::Value::str("="),
                            __rt::jsonata::functions::general::type_of(evaluation, v)?,
                        ],
                    )
                },
            )?,
            false,
        ),
    )
}

// $sift($states.input.order.customer, function($v, $k) { $k = 'name' or $k = 'tier' })
#[allow(unused_variables, unused_parens, unused_braces)]
fn sift<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    __rt::jsonata::functions::higher_order::sift(
        evaluation,
        &__rt::jsonata::compiled::input(evaluation, &["order", "customer"]),
        &mut |v, k, _| {
            let k = __rt::jsonata::compiled::name(k);
            Ok(
                __rt::jsonata::Value::Bool(
                    (__rt::jsonata::compiled::is_text(&k, "name")
                        || __rt::jsonata::compiled::is_text(&k, "tier")),
                ),
            )
        },
    )
}

// $sort($states.input.order.items, function($l, $r) { $l.price > $r.price }).sku
#[allow(unused_variables, unused_parens, unused_braces)]
fn sort_by<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::names(
            &__rt::jsonata::path::singleton(
                __rt::jsonata::functions::array::sort_with(
                    evaluation,
                    &__rt::jsonata::compiled::input(evaluation, &["order", "items"]),
                    &mut |l, r| __rt::jsonata::compiled::holds(
                        __rt::jsonata::Operator::Greater,
                        &__rt::jsonata::path::names(l, &["price"]),
                        &__rt::jsonata::path::names(r, &["price"]),
                    ),
                )?,
                false,
            ),
            &["sku"],
        ),
    )
}

// $reduce($states.input.order.items.qty, function($a, $b) { $a + $b })
#[allow(unused_variables, unused_parens, unused_braces)]
fn reduce_first<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::functions::higher_order::reduce(
                evaluation,
                &__rt::jsonata::compiled::input(evaluation, &["order", "items", "qty"]),
                &mut |a, b, _, _| __rt::jsonata::operators::arithmetic(
                    __rt::jsonata::Operator::Add,
                    &a,
                    b,
                ),
                &__rt::jsonata::Value::Undefined,
            )?,
            false,
        ),
    )
}

// $single($states.input.order.items, function($v) { $v.sku = 's3' }).name
#[allow(unused_variables, unused_parens, unused_braces)]
fn single<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::names(
            &__rt::jsonata::path::singleton(
                __rt::jsonata::functions::higher_order::single(
                    evaluation,
                    &__rt::jsonata::compiled::input(evaluation, &["order", "items"]),
                    &mut |v, _, _| Ok(
                        __rt::jsonata::Value::Bool(
                            __rt::jsonata::compiled::is_text(
                                &__rt::jsonata::path::names(v, &["sku"]),
                                "s3",
                            ),
                        ),
                    ),
                )?,
                false,
            ),
            &["name"],
        ),
    )
}

// $states.input.order.items.( $cost := price * qty; $cost > 50 ? sku )
#[allow(unused_variables, unused_parens, unused_braces)]
fn step_block<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::compiled::steps(
                    &__rt::jsonata::compiled::input(evaluation, &[]),
                    &["order", "items"],
                    false,
                ),
                true,
                &mut |item| Ok({
                    let cost = __rt::jsonata::operators::arithmetic(
                        __rt::jsonata::Operator::Multiply,
                        &__rt::jsonata::path::names(item, &["price"]),
                        &__rt::jsonata::path::names(item, &["qty"]),
                    )?;
                    if __rt::jsonata::compiled::holds(
                        __rt::jsonata::Operator::Greater,
                        &cost,
                        &__rt::jsonata::Value::Number(50f64),
                    )? {
                        __rt::jsonata::path::names(item, &["sku"])
                    } else {
                        __rt::jsonata::Value::Undefined
                    }
                }),
            )?,
            false,
        ),
    )
}

// $states.input.order.items.[sku, qty]
#[allow(unused_variables, unused_parens, unused_braces)]
fn step_array<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::compiled::steps(
                    &__rt::jsonata::compiled::input(evaluation, &[]),
                    &["order", "items"],
                    false,
                ),
                true,
                &mut |item| Ok({
                    let mut items = Vec::with_capacity(2usize);
                    __rt::jsonata::compiled::append(
                        evaluation,
                        &mut items,
                        __rt::jsonata::path::singleton(
                            __rt::jsonata::compiled::steps(item, &["sku"], true),
                            false,
                        ),
                    )?;
                    __rt::jsonata::compiled::append(
                        evaluation,
                        &mut items,
                        __rt::jsonata::path::singleton(
                            __rt::jsonata::compiled::steps(item, &["qty"], true),
                            false,
                        ),
                    )?;
                    __rt::jsonata::compiled::constructed(items)
                }),
            )?,
            false,
        ),
    )
}

// $states.input.order.items[category = 'office'].{'sku': sku, 'more': qty + 1}
#[allow(unused_variables, unused_parens, unused_braces)]
fn step_objects<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::compiled::step(
                    evaluation,
                    &__rt::jsonata::compiled::steps(
                        &__rt::jsonata::compiled::input(evaluation, &[]),
                        &["order"],
                        false,
                    ),
                    false,
                    &mut |item| __rt::jsonata::compiled::select(
                        evaluation,
                        &__rt::jsonata::path::name(item, "items"),
                        &mut |item_2| Ok(
                            __rt::jsonata::compiled::is_text(
                                &__rt::jsonata::path::names(item_2, &["category"]),
                                "office",
                            ),
                        ),
                    ),
                )?,
                true,
                &mut |item_3| Ok({
                    let item_4 = &__rt::jsonata::compiled::whole(evaluation, item_3)?;
                    __rt::jsonata::compiled::object(
                        &mut [
                            ("sku", __rt::jsonata::path::names(item_4, &["sku"])),
                            (
                                "more",
                                __rt::jsonata::operators::arithmetic(
                                    __rt::jsonata::Operator::Add,
                                    &__rt::jsonata::path::names(item_4, &["qty"]),
                                    &__rt::jsonata::Value::Number(1f64),
                                )?,
                            ),
                        ],
                    )
                }),
            )?,
            false,
        ),
    )
}

// $states.input.order.items[category = 'office'].{'sku': sku, 'more': qty + 1}
#[allow(unused_variables, unused_parens, unused_braces)]
fn step_objects_json<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<Option<__rt::Value>> {
    Ok(
        __rt::jsonata::compiled::step_json(
            evaluation,
            &__rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::compiled::steps(
                    &__rt::jsonata::compiled::input(evaluation, &[]),
                    &["order"],
                    false,
                ),
                false,
                &mut |item| __rt::jsonata::compiled::select(
                    evaluation,
                    &__rt::jsonata::path::name(item, "items"),
                    &mut |item_2| Ok(
                        __rt::jsonata::compiled::is_text(
                            &__rt::jsonata::path::names(item_2, &["category"]),
                            "office",
                        ),
                    ),
                ),
            )?,
            false,
            &mut |item_3| Ok(
                Some({
                    let item_4 = &__rt::jsonata::compiled::whole(evaluation, item_3)?;
                    let mut object = __rt::Map::with_capacity(2usize);
                    __rt::jsonata::compiled::insert(
                        &mut object,
                        "sku",
                        __rt::jsonata::path::names(item_4, &["sku"]),
                    );
                    __rt::jsonata::compiled::insert(
                        &mut object,
                        "more",
                        __rt::jsonata::operators::arithmetic(
                            __rt::jsonata::Operator::Add,
                            &__rt::jsonata::path::names(item_4, &["qty"]),
                            &__rt::jsonata::Value::Number(1f64),
                        )?,
                    );
                    __rt::Value::Object(object)
                }),
            ),
        )?,
    )
}

// $states.input.matrix.{'sum': $sum($)}
#[allow(unused_variables, unused_parens, unused_braces)]
fn context_object<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::compiled::steps(
                    &__rt::jsonata::compiled::input(evaluation, &[]),
                    &["matrix"],
                    false,
                ),
                true,
                &mut |item| Ok({
                    let item_2 = &__rt::jsonata::compiled::whole(evaluation, item)?;
                    __rt::jsonata::compiled::object(
                        &mut [
                            (
                                "sum",
                                __rt::jsonata::functions::aggregate::sum(
                                    evaluation,
                                    item_2,
                                )?,
                            ),
                        ],
                    )
                }),
            )?,
            false,
        ),
    )
}

// $states.input.matrix.{'sum': $sum($)}
#[allow(unused_variables, unused_parens, unused_braces)]
fn context_object_json<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<Option<__rt::Value>> {
    Ok(
        __rt::jsonata::compiled::step_json(
            evaluation,
            &__rt::jsonata::compiled::steps(
                &__rt::jsonata::compiled::input(evaluation, &[]),
                &["matrix"],
                false,
            ),
            false,
            &mut |item| Ok(
                Some({
                    let item_2 = &__rt::jsonata::compiled::whole(evaluation, item)?;
                    let mut object = __rt::Map::with_capacity(1usize);
                    __rt::jsonata::compiled::insert(
                        &mut object,
                        "sum",
                        __rt::jsonata::functions::aggregate::sum(evaluation, item_2)?,
                    );
                    __rt::Value::Object(object)
                }),
            ),
        )?,
    )
}

// $states.input.order.items{sku: qty, category & '-names': $join(name, '+')}
#[allow(unused_variables, unused_parens, unused_braces)]
fn group_two<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    __rt::jsonata::compiled::group(
        evaluation,
        &__rt::jsonata::compiled::steps(
            &__rt::jsonata::compiled::input(evaluation, &[]),
            &["order", "items"],
            false,
        ),
        2usize,
        &mut |pair, item| match pair {
            0usize => Ok(__rt::jsonata::path::names(item, &["sku"])),
            _ => {
                __rt::jsonata::operators::concatenate(
                    evaluation,
                    &[
                        __rt::jsonata::path::names(item, &["category"]),
                        __rt::jsonata::Value::str("-names"),
                    ],
                )
            }
        },
        &mut |pair, item_2| match pair {
            0usize => Ok(__rt::jsonata::path::names(item_2, &["qty"])),
            _ => {
                __rt::jsonata::functions::string::join(
                    evaluation,
                    &__rt::jsonata::path::names(item_2, &["name"]),
                    &__rt::jsonata::Value::str("+"),
                )
            }
        },
    )
}

// $formatNumber($states.input.order.total, '#,##0.00')
#[allow(unused_variables, unused_parens, unused_braces)]
fn number_picture<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    __rt::jsonata::functions::number::format_number(
        evaluation,
        &__rt::jsonata::Value::Undefined,
        &__rt::jsonata::compiled::input(evaluation, &["order", "total"]),
        &__rt::jsonata::Value::str("#,##0.00"),
        &__rt::jsonata::Value::Undefined,
    )
}

// [$states.input.order.items{category: $count($)}, 1]
#[allow(unused_variables, unused_parens, unused_braces)]
fn group_in_array<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::compiled::array(
            vec![
                __rt::jsonata::compiled::group(evaluation, &
                __rt::jsonata::compiled::steps(&
                __rt::jsonata::compiled::input(evaluation, & []), & ["order", "items"],
                false), 1usize, & mut | pair, item | Ok(__rt::jsonata::path::names(item,
                & ["category"])), & mut | pair, item_2 |
                __rt::jsonata::functions::aggregate::count(evaluation, item_2)) ?,
                __rt::jsonata::Value::Number(1f64)
            ],
        ),
    )
}

// [$states.input.order.items{category: $count($)}, 1]
#[allow(unused_variables, unused_parens, unused_braces)]
fn group_in_array_json<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<Option<__rt::Value>> {
    Ok(
        Some({
            let mut items = Vec::with_capacity(2usize);
            __rt::jsonata::compiled::push_items(
                &mut items,
                __rt::jsonata::compiled::group(
                    evaluation,
                    &__rt::jsonata::compiled::steps(
                        &__rt::jsonata::compiled::input(evaluation, &[]),
                        &["order", "items"],
                        false,
                    ),
                    1usize,
                    &mut |pair, item| Ok(
                        __rt::jsonata::path::names(item, &["category"]),
                    ),
                    &mut |pair, item_2| __rt::jsonata::functions::aggregate::count(
                        evaluation,
                        item_2,
                    ),
                )?,
            );
            __rt::jsonata::compiled::push_items(
                &mut items,
                __rt::jsonata::Value::Number(1f64),
            );
            __rt::Value::Array(items)
        }),
    )
}

// $merge([$states.input.order.items.{'s': sku}, $states.input.nothing, {'s': 'last', 'n': 1}])
#[allow(unused_variables, unused_parens, unused_braces)]
fn merge_all<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    __rt::jsonata::functions::object::merge(
        evaluation,
        &{
            let mut items = Vec::with_capacity(3usize);
            __rt::jsonata::compiled::append(
                evaluation,
                &mut items,
                __rt::jsonata::path::singleton(
                    __rt::jsonata::compiled::step(
                        evaluation,
                        &__rt::jsonata::compiled::steps(
                            &__rt::jsonata::compiled::input(evaluation, &[]),
                            &["order", "items"],
                            false,
                        ),
                        true,
                        &mut |item| Ok({
                            let item_2 = &__rt::jsonata::compiled::whole(
                                evaluation,
                                item,
                            )?;
                            __rt::jsonata::compiled::object(
                                &mut [("s", __rt::jsonata::path::names(item_2, &["sku"]))],
                            )
                        }),
                    )?,
                    false,
                ),
            )?;
            __rt::jsonata::compiled::append(
                evaluation,
                &mut items,
                __rt::jsonata::compiled::input(evaluation, &["nothing"]),
            )?;
            items
                .push(
                    __rt::jsonata::compiled::object(
                        &mut [
                            ("s", __rt::jsonata::Value::str("last")),
                            ("n", __rt::jsonata::Value::Number(1f64)),
                        ],
                    ),
                );
            __rt::jsonata::compiled::array(items)
        },
    )
}

// $merge([$states.input.order.items.{'s': sku}, $states.input.nothing, {'s': 'last', 'n': 1}])
#[allow(unused_variables, unused_parens, unused_braces)]
fn merge_all_json<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<Option<__rt::Value>> {
    Ok(
        Some(
            __rt::jsonata::compiled::merge_json(
                evaluation,
                vec![
                    __rt::jsonata::path::singleton(__rt::jsonata::compiled::step(evaluation,
                    & __rt::jsonata::compiled::steps(&
                    __rt::jsonata::compiled::input(evaluation, & []), & ["order",
                    "items"], false), true, & mut | item | Ok({ let item_2 = &
                    __rt::jsonata::compiled::whole(evaluation, item) ?;
                    __rt::jsonata::compiled::object(& mut [("s",
                    __rt::jsonata::path::names(item_2, & ["sku"]))]) })) ?, false),
                    __rt::jsonata::compiled::input(evaluation, & ["nothing"]),
                    __rt::jsonata::compiled::object(& mut [("s",
                    __rt::jsonata::Value::str("last")), ("n",
                    __rt::jsonata::Value::Number(1f64))])
                ],
            )?,
        ),
    )
}

// $split($lowercase($states.input.detail.object.key), '/')[1]
#[allow(unused_variables, unused_parens, unused_braces)]
fn split_piece<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::compiled::piece(
                evaluation,
                &__rt::jsonata::Value::Undefined,
                &__rt::jsonata::functions::string::lowercase(
                    evaluation,
                    &__rt::jsonata::compiled::input(
                        evaluation,
                        &["detail", "object", "key"],
                    ),
                )?,
                "/",
                1f64,
            )?,
            false,
        ),
    )
}

// $split($states.input.detail.object.key, '/')[-40]
#[allow(unused_variables, unused_parens, unused_braces)]
fn no_piece<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::compiled::piece(
                evaluation,
                &__rt::jsonata::Value::Undefined,
                &__rt::jsonata::compiled::input(
                    evaluation,
                    &["detail", "object", "key"],
                ),
                "/",
                -40f64,
            )?,
            false,
        ),
    )
}

// $fromMillis($states.input.requestTime, '[H01]:[m01] [z]', '+0200')
#[allow(unused_variables, unused_parens, unused_braces)]
fn zoned<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    __rt::jsonata::functions::time::from_millis_with(
        evaluation,
        &__rt::jsonata::Value::Undefined,
        &__rt::jsonata::compiled::input(evaluation, &["requestTime"]),
        {
            static PICTURE: __rt::jsonata::functions::time::Literal = __rt::jsonata::functions::time::Literal::new(
                "[H01]:[m01] [z]",
            );
            &PICTURE
        },
        &__rt::jsonata::Value::str("+0200"),
    )
}

// $toMillis('2026-11-24', '[Y0001]-[M01]-[D01]')
#[allow(unused_variables, unused_parens, unused_braces)]
fn to_millis<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    __rt::jsonata::functions::time::to_millis_with(
        evaluation,
        &__rt::jsonata::Value::str("2026-11-24"),
        {
            static PICTURE: __rt::jsonata::functions::time::Literal = __rt::jsonata::functions::time::Literal::new(
                "[Y0001]-[M01]-[D01]",
            );
            &PICTURE
        },
    )
}

// $states.input.order.nothing[0][$error('it is evaluated')]
#[allow(unused_variables, unused_parens, unused_braces)]
fn second_predicate<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::compiled::step(
                evaluation,
                &__rt::jsonata::compiled::steps(
                    &__rt::jsonata::compiled::input(evaluation, &[]),
                    &["order"],
                    false,
                ),
                true,
                &mut |item| __rt::jsonata::compiled::filter(
                    evaluation,
                    &__rt::jsonata::path::left(
                        __rt::jsonata::path::index(
                            &__rt::jsonata::path::name(item, "nothing"),
                            0f64,
                        ),
                    ),
                    &mut |item_2| Ok(
                        __rt::jsonata::path::singleton(
                            __rt::jsonata::functions::general::error(
                                evaluation,
                                &__rt::jsonata::Value::str("it is evaluated"),
                            )?,
                            false,
                        ),
                    ),
                ),
            )?,
            false,
        ),
    )
}

// [$states.input.order.nothing].sku
#[allow(unused_variables, unused_parens, unused_braces)]
fn empty_constructor<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::names(
            &{
                let mut items = Vec::with_capacity(1usize);
                __rt::jsonata::compiled::append(
                    evaluation,
                    &mut items,
                    __rt::jsonata::compiled::input(evaluation, &["order", "nothing"]),
                )?;
                __rt::jsonata::compiled::constructed(items)
            },
            &["sku"],
        ),
    )
}

// $states.input.order.items[[0]].[sku]^($)
#[allow(unused_variables, unused_parens, unused_braces)]
fn sort_one<'a>(
    evaluation: &__rt::jsonata::Evaluation<'a>,
    binding_0: Option<&'a __rt::Value>,
) -> __rt::jsonata::Result<__rt::jsonata::Value<'a>> {
    Ok(
        __rt::jsonata::path::singleton(
            __rt::jsonata::compiled::sort(
                evaluation,
                &__rt::jsonata::compiled::step(
                    evaluation,
                    &__rt::jsonata::compiled::step(
                        evaluation,
                        &__rt::jsonata::compiled::steps(
                            &__rt::jsonata::compiled::input(evaluation, &[]),
                            &["order"],
                            false,
                        ),
                        false,
                        &mut |item| __rt::jsonata::compiled::filter(
                            evaluation,
                            &__rt::jsonata::path::name(item, "items"),
                            &mut |item_2| Ok(
                                __rt::jsonata::compiled::array(
                                    vec![__rt::jsonata::Value::Number(0f64)],
                                ),
                            ),
                        ),
                    )?,
                    false,
                    &mut |item_3| Ok({
                        let mut items = Vec::with_capacity(1usize);
                        __rt::jsonata::compiled::append(
                            evaluation,
                            &mut items,
                            __rt::jsonata::path::singleton(
                                __rt::jsonata::compiled::steps(item_3, &["sku"], true),
                                false,
                            ),
                        )?;
                        __rt::jsonata::compiled::constructed(items)
                    }),
                )?,
                &[false],
                &mut |item_4, term| Ok(item_4.clone()),
            )?,
            false,
        ),
    )
}

pub(super) const ALL: &[(&str, super::Compiled, Option<super::Made>)] = &[
    ("path", path, None),
    ("subtree", subtree, None),
    ("predicate", predicate, None),
    ("sum_map", sum_map, None),
    ("concat", concat, None),
    ("split_index", split_index, None),
    ("object", object, Some(object_json)),
    ("map_lambda", map_lambda, Some(map_lambda_json)),
    ("filter_lambda", filter_lambda, None),
    ("reduce", reduce, None),
    ("sort", sort, None),
    ("group_by", group_by, None),
    ("choice", choice, None),
    ("conditional", conditional, None),
    ("merge", merge, Some(merge_json)),
    ("from_millis", from_millis, None),
    ("replace_regex", replace_regex, None),
    ("match_regex", match_regex, None),
    ("transform", transform, Some(transform_json)),
    ("literal_object", literal_object, Some(literal_object_json)),
    ("empties", empties, Some(empties_json)),
    ("array", array, Some(array_json)),
    ("error", error, None),
    ("unassigned", unassigned, None),
    ("keep", keep, None),
    ("keep_empty", keep_empty, None),
    ("kept_call", kept_call, None),
    ("nested_predicates", nested_predicates, None),
    ("last", last, None),
    ("descendants", descendants, None),
    ("wildcard", wildcard, None),
    ("logic", logic, None),
    ("arithmetic", arithmetic, None),
    ("pipe", pipe, None),
    ("piped_lambda", piped_lambda, None),
    ("nested_map", nested_map, None),
    ("ends_with_call", ends_with_call, None),
    ("named_lambda", named_lambda, None),
    ("each", each, None),
    ("sift", sift, None),
    ("sort_by", sort_by, None),
    ("reduce_first", reduce_first, None),
    ("single", single, None),
    ("step_block", step_block, None),
    ("step_array", step_array, None),
    ("step_objects", step_objects, Some(step_objects_json)),
    ("context_object", context_object, Some(context_object_json)),
    ("group_two", group_two, None),
    ("number_picture", number_picture, None),
    ("group_in_array", group_in_array, Some(group_in_array_json)),
    ("merge_all", merge_all, Some(merge_all_json)),
    ("split_piece", split_piece, None),
    ("no_piece", no_piece, None),
    ("zoned", zoned, None),
    ("to_millis", to_millis, None),
    ("second_predicate", second_predicate, None),
    ("empty_constructor", empty_constructor, None),
    ("sort_one", sort_one, None),
];
