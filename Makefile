# make lab opens the lessons, make test checks everything. Both set up .venv first, once.
SETUP = test
VENV = .venv
PYTHON_IN_VENV = $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)/python
PYTEST = $(PYTHON_IN_VENV) -m pytest
NBVAL = $(PYTEST) --nbval --durations=10
# Lessons that would like Fashion-MNIST take the digits, in silence, unless the variable names its files.
CLOTHES = COURSE_UTILS_FASHION_MNIST=$${COURSE_UTILS_FASHION_MNIST:-digits}
# Tests reach no network; one thread a process keeps two cores from fighting.
SAME_EVERYWHERE = JUPYTER_PREFER_ENV_PATH=1 $(CLOTHES)
OFFLINE = $(SAME_EVERYWHERE) PYTHONPATH="$(CURDIR)/tests/offline" OMP_NUM_THREADS=1
# The lessons whose figures depend on the data at hand.
WITH_DIGITS = $$($(PYTHON_IN_VENV) scripts/lessons_by_source.py)
ARGS =

.PHONY: help lab test test-oldest test-newest lint check-package check-notebooks check-solutions refresh bench site slides hub hub-users hub-load check-image grade-demo clean

help:
	@echo 'make lab      open the lessons in JupyterLab   (first time 1-5 min, then seconds)'
	@echo 'make test     lint, tests, every lesson re-run, as it is and solved (15-20 min)'
	@echo 'make test-oldest, make test-newest   the same with the lowest and the newest versions that are allowed'
	@echo 'make lint     ruff: style and format           (seconds)'
	@echo 'make refresh  format and re-run the lessons, store their outputs (about 5 min)'
	@echo 'make bench    measure speed beside other libraries, write benchmarks/results/ (about 30 min, idle machine)'
	@echo 'make site     the lessons and the package as pages to read and search without a network, in build/site/ (half a minute)'
	@echo 'make slides   the lessons as slides that need no network, in build/slides/, see docs/slides.md (first time 1-5 min, then 15 s)'
	@echo 'make hub      JupyterHub for a class on 127.0.0.1, see deploy/hub/README.md (first time 2-6 min, then seconds)'
	@echo 'make hub-users NAMES="ada ben"   a password for each learner (seconds)'
	@echo 'make hub-load a class of twelve at work on it, as root, on an idle machine (about 10 min)'
	@echo 'make check-image   what repo2docker and Binder would build, without Docker (1 min after make hub)'
	@echo 'make grade-demo   an nbgrader course, handed in by invented learners and graded, see grading/README.md'
	@echo '              (1-4 min; the first time 1-3 min more)'
	@echo 'make clean    remove the environments and caches; work/ and .hub/ stay (seconds)'

lab:
	@scripts/setup lab
	@$(PYTHON_IN_VENV) -m course_utils lab $(ARGS)

test: lint check-package check-notebooks check-solutions

# As strict as make test, each in an environment of its own; the oldest under Python 3.11.
test-oldest:
	$(MAKE) check-package check-notebooks check-solutions SETUP=oldest VENV=.venv-oldest

test-newest:
	$(MAKE) check-package check-notebooks check-solutions SETUP=newest VENV=.venv-newest

lint:
	@scripts/setup test
	$(PYTHON_IN_VENV) -m ruff check .
	$(PYTHON_IN_VENV) -m ruff format --check .

# The tests marked full once more on the full set, where there is one.
check-package:
	@scripts/setup $(SETUP)
	$(OFFLINE) COURSE_UTILS_MNIST=digits $(PYTEST) --cov --cov-report=term $(ARGS)
	@if [ -f "$$COURSE_UTILS_MNIST" ]; then set -x; $(OFFLINE) $(PYTEST) -m full tests; fi

# Every lesson on the embedded digits; then the MNIST lessons on the full set, where there is one.
check-notebooks:
	@scripts/setup $(SETUP)
	$(OFFLINE) COURSE_UTILS_MNIST=digits $(NBVAL) notebooks
	@if [ -f "$$COURSE_UTILS_MNIST" ]; then set -x; $(OFFLINE) $(NBVAL) $(WITH_DIGITS); \
	else echo 'COURSE_UTILS_MNIST names no file: the MNIST lessons ran on the embedded digits only.'; fi

# Every lesson on the embedded digits, its exercises solved, two at a time.
check-solutions:
	@scripts/setup $(SETUP)
	$(OFFLINE) COURSE_UTILS_MNIST=digits $(PYTHON_IN_VENV) scripts/check_solutions.py

refresh:
	@scripts/setup test
	$(PYTHON_IN_VENV) -m ruff format .
	$(SAME_EVERYWHERE) $(PYTHON_IN_VENV) scripts/refresh.py

# PyTorch joins where it is installed: .venv/bin/python -m pip install torch
bench:
	@scripts/setup test
	$(PYTHON_IN_VENV) benchmarks/training.py
	$(PYTHON_IN_VENV) benchmarks/memory.py
	$(PYTHON_IN_VENV) benchmarks/scaling.py
	$(PYTHON_IN_VENV) benchmarks/exercises.py
	$(PYTHON_IN_VENV) benchmarks/explorables_browser.py

site:
	@scripts/setup site
	$(SAME_EVERYWHERE) $(PYTHON_IN_VENV) scripts/build_site.py

# With a Chromium and the tests' packages it measures every slide, too.
slides:
	@scripts/setup slides
	$(PYTHON_IN_VENV) scripts/slides.py
	$(PYTHON_IN_VENV) scripts/measure_slides.py

hub:
	@deploy/hub/start

# A change of the list leaves the packages alone: a class may be at work.
hub-users:
	@[ -x .venv-hub/bin/python ] || scripts/setup hub
	@.venv-hub/bin/python deploy/hub/passwords.py $(NAMES)

# As root: it makes an account for each learner, and removes it.
hub-load:
	@scripts/setup hub
	@.venv-hub/bin/python benchmarks/hub_load.py $(ARGS)

# Two assignments, 20 hand-ins; in build/grading/, made anew each time.
grade-demo: VENV = .venv-grading
grade-demo:
	@scripts/setup grading
	@$(PYTHON_IN_VENV) grading/demo.py

# The recipe of an image, which repo2docker writes without Docker: it has to find the Python and the list of packages.
check-image:
	@scripts/setup hub
	@[ -x .hub/repo2docker/bin/jupyter-repo2docker ] || { .venv-hub/bin/python -m venv .hub/repo2docker && \
	.hub/repo2docker/bin/python -m pip install --quiet --disable-pip-version-check 'jupyter-repo2docker>=2026.4'; }
	@.hub/repo2docker/bin/jupyter-repo2docker --no-build --no-run --debug --user-id 1000 --user-name jovyan . >.hub/recipe 2>&1
	@grep -q 'environment-2epy-2d3-2e12' .hub/recipe && grep 'pip install.*-r ".binder/requirements.txt"' .hub/recipe
	@.venv-hub/bin/python -m pip install --quiet --dry-run -r .binder/requirements.txt
	@echo 'The recipe takes Python 3.12 and .binder/requirements.txt, and its packages can be had.'

clean:
	rm -rf .venv .venv-oldest .venv-newest .venv-hub .venv-grading .pytest_cache .ruff_cache .hypothesis .coverage htmlcov build dist
	find course_utils tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
