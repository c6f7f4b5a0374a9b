# Short names for python3 start.py, which does the work; nothing here is needed, and Windows goes without.
START = $(if $(filter Windows_NT,$(OS)),py,python3) start.py
ARGS =
WORDS = lab copy check test test-oldest test-newest lint check-package coverage check-notebooks check-solutions \
    refresh bench site site-teachers slides kit hub hub-load check-image grade-demo clean

.PHONY: help test-all hub-users class collect class-update $(WORDS)

help:
	@$(START) --help

$(WORDS):
	@$(START) $@ $(ARGS)

test-all:
	@$(START) test --all

hub-users:
	@$(START) hub-users $(NAMES)

class:
	@$(START) class $(FOLDER)

collect:
	@$(START) collect $(NAME) $(if $(FOLDER),--from $(FOLDER)) $(ARGS)

class-update:
	@$(START) class-update $(if $(FOLDER),--from $(FOLDER))
