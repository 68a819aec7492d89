"""What python-stdnum says of each number: "" when it accepts it, else the kind of refusal."""
import json
import sys

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError


def verdict(module, number):
    try:
        module.validate(number)
        return ""
    except ValidationError as refused:
        return type(refused).__name__
    except KeyError:  # a province or city that it knows, with a county that it does not
        return "InvalidComponent"


asked = json.load(sys.stdin)
json.dump({kind: [verdict(module, n) for n in asked[kind]] for kind, module in (("ric", ric), ("uscc", uscc))}, sys.stdout)
