# What one can do here; `make help` lists it.
SWIFT ?= swift
PREFIX ?= /usr/local
# One configuration for all verbs: optimised, so that simulation and benches run at their speed.
# While you edit, CONFIG=debug builds faster.
CONFIG ?= release
FLAGS := -c $(CONFIG) -Xswiftc -enable-testing
BUILD := $(SWIFT) build $(FLAGS) --build-tests
DYNSYNC := .build/$(CONFIG)/dynsync
KILLS ?= 200
SEED ?= 1
SEEDS ?= 5000
TODAY ?= 500

.DEFAULT_GOAL := help
.PHONY: help deps build demo rows kills planted bench test sim lint check install docs

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

deps: ## install what a bare Debian with the Swift toolchain lacks
	./Scripts/deps

build: ## build the program and its tests (CONFIG=debug is quicker to build)
	$(BUILD)

demo: deps build ## watch dynsync do its main job against the sandbox
	./Scripts/demo $(DYNSYNC)

rows: deps build ## bring CSV files over and compare with them: make rows ROWS=DIR
	./Scripts/rows $(DYNSYNC) $(ROWS)

kills: deps build ## kill dynsync again and again while people edit: make kills KILLS=200 SEED=1
	./Scripts/kills $(DYNSYNC) $(KILLS) $(SEED)

planted: deps ## see whether the simulation finds planted faults: make planted [FAULT=name] [SEEDS=5000]
	./Scripts/planted $(if $(FAULT),--fault $(FAULT)) --seeds $(SEEDS)

test: deps build ## run all tests; they talk to the loopback interface alone
	$(SWIFT) test $(FLAGS) --skip-build --parallel

sim: deps build ## live through SEEDS histories in which all goes wrong, and as many more of today as TODAY says
	$(DYNSYNC) sim --seeds $(SEEDS) --seed 1 --faults all --everything
	$(DYNSYNC) sim --seeds $(TODAY) --seed $$(date +%Y%m%d) --faults all
	$(DYNSYNC) sim --kill-points

lint: ## check the form of the code
	$(SWIFT) format lint --strict -r Sources Tests Migrations Benchmarks Package.swift

check: lint test sim ## everything that must be green before a change lands

bench: deps ## measure the optimised build beside the raw limits: make bench [SIZE=small] [BENCH=apply]
	$(SWIFT) build $(FLAGS) --product dynsync-bench
	.build/$(CONFIG)/dynsync-bench --size $(or $(SIZE),full) $(BENCH)

docs: build ## write the generated parts of docs/ and the golden files anew
	UPDATE_DOCS=1 $(SWIFT) test $(FLAGS) --skip-build

install: deps ## build the optimised program and install it under PREFIX (/usr/local)
	$(SWIFT) build $(FLAGS) --product dynsync
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(DYNSYNC) $(DESTDIR)$(PREFIX)/bin/dynsync
