# make build   what users run: build/release/lockstep
# make demo    audits the embedded example, then holds one release against its image
# make test    builds and runs all tests
# make test-release  the whole test of the release protocol, about an hour
# make test-cluster   runs against a real kube-apiserver, which it builds once with Go
# make bench   measures; BENCH_ARGS=--quick only shows that it works
# make install PREFIX=/usr/local DESTDIR=
# make format | lint | fuzz | clean
#
# Each installs what is missing first (scripts/packages.txt). `./dev` is the quick inner loop.
.PHONY: build demo test test-release test-cluster bench install format lint fuzz clean
PREFIX ?= /usr/local
FUZZ_SECONDS ?= 60
release := build/release

build:
	@scripts/install-packages build
	@scripts/build release lockstep

demo: build
	@examples/make-example build/example
	@echo '$$ lockstep -C build/example/kite audit'
	@$(release)/lockstep -C build/example/kite audit || test $$? -eq 1
	@echo
	@echo '$$ lockstep -C build/example/kite -c build/example/lockstep.yaml verify v0.30.1   # and its image?'
	@$(release)/lockstep -C build/example/kite -c build/example/lockstep.yaml verify v0.30.1 || test $$? -eq 1

test:
	@scripts/install-packages build test
	@scripts/build release
	@scripts/run-tests $(release)

test-release:
	@scripts/install-packages build test
	@scripts/install-peers
	@scripts/build release release_protocol_test release_lab_test
	@scripts/test-release $(release)

test-cluster:
	@scripts/install-packages build test cluster
	@scripts/install-cluster
	@scripts/build release lockstep cluster_live_test
	@scripts/test-cluster $(release)

bench:
	@scripts/install-packages build bench
	@scripts/install-peers
	@[ -x $(release)/bench/bench_floor ] || cmake --preset release >/dev/null # libgit2 may be new here
	@scripts/build release
	@PATH="$${XDG_CACHE_HOME:-$$HOME/.cache}/lockstep/tools:$$PATH" bench/run $(BENCH_ARGS)

install: build
	@DESTDIR='$(DESTDIR)' cmake --install $(release) --prefix '$(PREFIX)'

format:
	@scripts/install-packages lint
	@scripts/format

lint:
	@scripts/install-packages build lint
	@scripts/format --check
	@scripts/lint

fuzz:
	@scripts/install-packages build lint
	@scripts/build fuzz fuzzers
	@LOCKSTEP_FUZZ_SECONDS=$(FUZZ_SECONDS) scripts/run-tests build/fuzz

clean:
	@rm -rf build
