"""What must hold in lesson 16: what the instruments show of the volunteer and of Z; the ward's patients all speak."""

import re

from _claims import broken, chance

TWICE = "asked twice: outputs differ by up to 0.00, 0 of 300 answers change"
HEALTHY = "a row adds up to 1.00 in a batch, and to 1.00 alone\nanswers 0 … 9: 1 2 3 4 5 6 7 8 9 10\n" + TWICE
HEALTHY += "\ninputs in training: 1,200 rows, from 0 to 1\ninputs in use: from 0 to 1\nown target: 92%"


def _numbers(pattern, text):
    """Return the numbers that a pattern finds."""
    (found,) = re.findall(pattern, text)
    return [float(number) for number in ([found] if isinstance(found, str) else found)]


@broken(printed="loss: 2.3 in epoch 1, 1.9 in epoch 10\naccuracy: training 0.1   validation 0.1   new 0.1")
@broken(printed="loss: 2.3 in epoch 1, 2.3 in epoch 10\naccuracy: training 0.1   validation 0.1   new 0.4")
def after_complaint(printed):
    first, last = _numbers(r"loss: (\S+) in epoch 1, (\S+) in epoch 10", printed)
    assert first == last == 2.3  # "2.30 in the first epoch and 2.30 in the last"
    assert _numbers(r"new (\S+)", printed)[0] < 0.2


@broken(printed="before any training: 4.10   equal\n100 rows, over and over: loss 2.3 at first, 0.01 when")
@broken(printed="before any training: 2.30   equal\n100 rows, over and over: loss 2.3 at first, 0.4 when")
def after_healthy_loss(printed):
    assert 2.1 < _numbers(r"before any training: (\S+)", printed)[0] < 2.7  # "begins near that"
    assert _numbers(r"at first, (\S+) when", printed)[0] < 0.1  # "hardly any loss is left"


@broken(printed="W1 moves by 1.2 %  1 %  1 %  1 %  9 %\nW2 moves by 1 %  1 %  1 %  1 %  1 %")
@broken(printed="W1 moves by 1.2 %  1 %  1 %  1 %  1 %\nW2 moves by 1 %  1 %  1 %  1 %  0.1 %")
def after_healthy_steps(printed):
    shares = [float(share) for share in re.findall(r"(\S+) %", printed)]
    assert len(shares) == 10
    assert 0.5 < min(shares) <= max(shares) < 2  # "about one percent in each step"


@broken(printed=HEALTHY.replace("1.00 alone", "0.90 alone"))
@broken(printed=HEALTHY.replace(": 1 2", ": 0 2"))
@broken(printed=HEALTHY.replace("0 of 300", "4 of 300"))
@broken(printed=HEALTHY.replace("in use: from 0 to 1", "in use: from 0 to 255"))
@broken(printed=HEALTHY.replace("92%", "52%"))
def after_healthy_ends(printed):
    assert "a row adds up to 1.00 in a batch, and to 1.00 alone" in printed
    answers = re.findall(r"answers 0 … 9: (.+)", printed)[0].split()
    assert len(answers) == 10
    assert min(map(int, answers)) > 0
    assert TWICE in printed
    assert re.findall(r"inputs in \w+: .*from (\S+) to (\S+)", printed) == [("0", "1")] * 2
    assert _numbers(r"own target: (\d+)%", printed)[0] > 75


@broken(printed="labels by lot: right in the validation part 0.300, where 0.10 is honest")
def after_healthy_lots(printed):
    assert 0.03 < _numbers(r"part (\S+),", printed)[0] < 0.17  # "about one in ten"


MOVES = "W1 moves by 0 %  0 %  0 %  0 %  0 %\nW2 moves by 0 %  0 %  0 %  0 %  0 %"


@broken(printed="before any training: 2.30   e\nloss 2.3 at first, 0.9 when\n" + MOVES)
@broken(printed="before any training: 2.50   e\nloss 2.3 at first, 2.3 when\n" + MOVES)
@broken(printed="before any training: 2.30   e\nloss 2.3 at first, 2.3 when\n" + MOVES.replace("0 %", "1 %"))
def after_measure_z(printed):
    assert "before any training: 2.30 " in printed
    assert _numbers(r"at first, (\S+) when", printed)[0] > 2  # "one batch cannot be learned by heart"
    assert MOVES in printed


@broken(printed="✓ patient Z: small rate.")
def after_diagnose_z_run(printed):
    assert printed.startswith("✗ patient Z: not small rate.")
    assert "✓ patient Z: start." in printed


@broken(printed="✗ patient Z: not healthy yet.")
@broken(printed="✓ patient Z is cured. Right on new inputs: 0.137 before, 0.407 now.\n")
def after_treat_z(printed):
    assert "is cured" in printed
    before, after = _numbers(r"cured\. Right on new inputs: (\S+) before, (\S+) now", printed)
    assert before < 0.2
    assert after > 0.8


def _speaks(printed):
    lines = printed.strip().split("\n")
    assert len(lines) >= 2  # a complaint, and what it measures; or two sentences on Keras, where there is none
    assert len(lines[0].split()) > 8


SILENT = {"printed": "loss: 3 in epoch 1"}


@chance
@broken(**SILENT)
def after_meet_a(printed):
    _speaks(printed)


@chance
@broken(**SILENT)
def after_meet_b(printed):
    _speaks(printed)


@chance
@broken(**SILENT)
def after_meet_c(printed):
    _speaks(printed)


@chance
@broken(**SILENT)
def after_meet_d(printed):
    _speaks(printed)


@chance
@broken(**SILENT)
def after_meet_e(printed):
    _speaks(printed)


@chance
@broken(**SILENT)
def after_meet_f(printed):
    _speaks(printed)


@chance
@broken(**SILENT)
def after_meet_g(printed):
    _speaks(printed)


@broken(printed="a row adds up to 1.00 in a batch, and to 1.00 alone")
def after_published_sums(printed):
    assert printed == "a row adds up to 0.01 in a batch, and to 1.00 alone\n"


@broken(printed="the note's cost 3.25   due 2.40\n−log 0.1 = 2.30   −9 log 0.9 = 0.95")
def after_published_first(printed):
    assert "the note's cost 3.25   due 2.30" in printed
    assert "−log 0.1 = 2.30   −9 log 0.9 = 0.95" in printed
