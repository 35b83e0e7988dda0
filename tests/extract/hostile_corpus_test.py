#!/usr/bin/env python3
"""hostile_corpus_test.py PROGRAM SECONDS: runs `tidemark-cli extract` on every file of the hostile corpus. Each ends in
time, with its text or with one sentence that names the file, and leaves nothing behind."""

import concurrent.futures
import os
import subprocess
import sys
import tempfile
import time

import hostile_corpus


def listing(folder):
    found = {}
    for place, folders, files in os.walk(folder):
        for name in folders + files:
            about = os.lstat(os.path.join(place, name))
            found[os.path.relpath(os.path.join(place, name), folder)] = (about.st_mode, about.st_size, about.st_mtime_ns)
    return found


def shown(name):
    return "".join(c if c.isprintable() else "?" for c in name)


def problems(program, root, name, expected, seconds):
    """What is wrong with how this file ended, and what it said."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": f"{root}/home", "TMPDIR": f"{root}/tmp", "LC_ALL": "C.UTF-8"}
    for kept in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
        if kept in os.environ:
            environment[kept] = os.environ[kept]
    begin = time.monotonic()
    try:
        run = subprocess.run([program, "extract", "--force", "--", f"{root}/corpus/{name}"], stdin=subprocess.DEVNULL,
                             capture_output=True, cwd=f"{root}/work", env=environment, timeout=6 * seconds)
    except subprocess.TimeoutExpired:
        return ["did not end"], "", 6 * seconds
    took = time.monotonic() - begin
    said = run.stderr.decode(errors="replace")
    wrong = []
    if took > seconds:
        wrong.append(f"took {took:.1f} s")
    if run.returncode == 0:
        if not run.stdout.strip():
            wrong.append("gave no text")
        if expected == "error":
            wrong.append("was not refused")
        if expected == "text" and hostile_corpus.SENTENCE.encode() not in run.stdout:
            wrong.append("its sentence is missing")
    elif run.returncode == 1:
        if not said.startswith("tidemark: ") or said.count("\n") != 1 or not said.endswith("\n"):
            wrong.append("did not end in one sentence")
        if shown(name) not in said:
            wrong.append("the sentence does not name the file")
        if expected == "text":
            wrong.append("was refused")
    else:
        wrong.append(f"ended with {run.returncode}")
    if hostile_corpus.SECRET.encode() in run.stdout:
        wrong.append("brought a file of this machine along")
    return wrong, said.strip(), took


def main(program, seconds):
    with tempfile.TemporaryDirectory(prefix="tidemark-hostile-") as root:
        for folder in ("corpus", "tmp", "home", "work"):
            os.mkdir(f"{root}/{folder}")
        cases = hostile_corpus.write_corpus(f"{root}/corpus")
        before = listing(root)
        outside = {name for name in os.listdir("/tmp") if "evil" in name}
        failed = 0
        slowest = (0.0, "")
        with concurrent.futures.ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
            runs = [(name, pool.submit(problems, program, root, name, expected, seconds)) for name, expected in cases]
            for name, run in runs:
                wrong, said, took = run.result()
                slowest = max(slowest, (took, name))
                print(f"{'FAILED' if wrong else 'ok':7}{took:6.2f} s  {shown(name)}: {'; '.join(wrong + [said[:300]])}")
                failed += bool(wrong)
        after = listing(root)
        changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
        changed += sorted({name for name in os.listdir("/tmp") if "evil" in name} - outside)
        for name in changed:
            print(f"FAILED: {name!r} was made, changed or removed")
        print(f"{len(cases)} files, {failed} failed, the slowest {slowest[1]} in {slowest[0]:.1f} s")
        return 1 if failed or changed or len(cases) < 60 else 0


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.exit(main(os.path.abspath(sys.argv[1]), float(sys.argv[2])))
