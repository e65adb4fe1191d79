"""Workflows as users of flytekit write them. None of their code runs: the in-memory server has no engine."""

import typing
from datetime import timedelta

from flytekit import LaunchPlan, conditional, dynamic, map_task, task, wait_for_input, workflow


@task(retries=2)
def double(x: int) -> int:
    return 2 * x


@task
def label(x: int, prefix: str) -> str:
    return f"{prefix}{x}"


@dynamic
def grow(x: int) -> int:
    return double(x=double(x=x))


@workflow
def chain(x: int, prefix: str = "n") -> typing.Tuple[int, str]:
    doubled = double(x=x)
    return doubled, label(x=doubled, prefix=prefix)


@workflow
def spread(xs: typing.List[int]) -> typing.List[int]:
    return map_task(double)(x=xs)


@workflow
def choose(x: int) -> int:
    return (
        conditional("size")
        .if_(x > 10)
        .then(double(x=x))
        .else_()
        .then(grow(x=x))
    )


@workflow
def gated(x: int) -> int:
    return double(x=wait_for_input("go", timeout=timedelta(hours=1), expected_type=int))


plan = LaunchPlan.get_or_create(chain, "chain_of_three", fixed_inputs={"x": 3})
