# What one can do here; `make help` lists it.
SWIFT ?= swift
PREFIX ?= /usr/local
BUILD := $(SWIFT) build --build-tests
DYNSYNC := .build/debug/dynsync
KILLS ?= 200
SEED ?= 1

.DEFAULT_GOAL := help
.PHONY: help deps build demo rows kills planted bench test lint check install docs

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

deps: ## install what a bare Debian with the Swift toolchain lacks
	./Scripts/deps

build: ## build the program and its tests (debug)
	$(BUILD)

demo: deps build ## watch dynsync do its main job against the sandbox
	./Scripts/demo $(DYNSYNC)

rows: deps build ## bring CSV files over and compare with them: make rows ROWS=DIR
	./Scripts/rows $(DYNSYNC) $(ROWS)

kills: deps build ## kill dynsync again and again while people edit: make kills KILLS=200 SEED=1
	./Scripts/kills $(DYNSYNC) $(KILLS) $(SEED)

planted: deps ## see whether the simulation finds planted faults: make planted [FAULT=name] [SEEDS=5000]
	./Scripts/planted $(if $(FAULT),--fault $(FAULT)) --seeds $(or $(SEEDS),5000)

test: deps build ## run all tests; they talk to the loopback interface alone
	$(SWIFT) test --skip-build --parallel

lint: ## check the form of the code
	$(SWIFT) format lint --strict -r Sources Tests Migrations Benchmarks Package.swift

check: lint test ## everything that must be green before a change lands

bench: deps ## measure the optimised build beside the raw limits: make bench [SIZE=small] [BENCH=apply]
	$(SWIFT) build -c release --product dynsync-bench
	.build/release/dynsync-bench --size $(or $(SIZE),full) $(BENCH)

docs: build ## write the generated parts of docs/ and the golden files anew
	UPDATE_DOCS=1 $(SWIFT) test --skip-build

install: deps ## build the optimised program and install it under PREFIX (/usr/local)
	$(SWIFT) build -c release --product dynsync
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 .build/release/dynsync $(DESTDIR)$(PREFIX)/bin/dynsync
