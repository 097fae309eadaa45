"""`python -m tests.bench.cost`: write what it costs into docs/operations.md, and print it."""

from tests.bench.cost.table import tables, write


def main() -> int:
    write()
    print(tables())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
