"""What holds for every exercise whose answer is a model, planted or of a lesson."""

from course_utils.exercises import judge


def look_over(record):
    """Judge the solution, which is trained once, and the mistakes; return what is not as it should be."""
    verdict = judge(record, record.solution)
    faults = [] if verdict.state == "right" else [f"the solution became {verdict.state}: {verdict.how}"]
    for wrong in record.wrong:
        verdict = judge(record, wrong.answer)
        if verdict.state != "wrong" or wrong.diagnosis not in verdict.how:
            faults.append(f"{wrong.diagnosis!r} became {verdict.state}: {verdict.how}")
    for variant in record.variants:
        verdict = judge(record, variant)
        if verdict.state != "right":
            faults.append(f"a right answer became {verdict.state}: {verdict.how}")
    return faults
