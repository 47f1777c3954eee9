#!/usr/bin/env python3
"""Compares what kubectl printed against two servers, command by command.

usage: compare-flows.py EXPECTED ACTUAL [--codes-only NAME,...] [--skip NAME,...]

Each folder holds NAME.txt files: the command, what it printed, and `[exit N]`. Times, ages, identifiers, ports and
runs of spaces count as equal. --codes-only names the flows (by their first two digits) of which only the exit code is
compared, `all` for every one; --skip those that are not compared at all. Prints each difference, then a count; exit 1 when there is one.
"""
import os
import re
import sys

RULES = [
    (re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z'), '<time>'),
    (re.compile(r'[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} [+-]\d{4}'), '<time>'),
    (re.compile(r'[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}'), '<uid>'),
    (re.compile(r'X509SHA256=[0-9a-f]+'), 'X509SHA256=<hash>'),
    (re.compile(r'[A-Za-z0-9+/=]{60,}'), '<base64>'),
    (re.compile(r'([0-9A-F]{2}:){19}[0-9A-F]{2}'), '<keyid>'),
    (re.compile(r'127\.0\.0\.1:\d+'), '127.0.0.1:<port>'),
    (re.compile(r'resourceVersion: "\d+"'), 'resourceVersion: "N"'),
    (re.compile(r'kubectl-[^/\s]+/'), 'kubectl/'),
    (re.compile(r'\b\d+ bytes'), 'N bytes'),
    (re.compile(r'/tmp/[^\s"\']+'), '<path>'),
    (re.compile(r'\[exit 124\]|\[exit 143\]'), '[exit timeout]'),
    (re.compile(r'(?<![\w.])(\d+d)?(\d+h)?(\d+m)?\d+[smhd](?![\w.])'), '<age>'),
    (re.compile(r' +'), ' '),
]


def lines(path, code_only):
    with open(path, encoding='utf-8', errors='replace') as file:
        text = file.read()
    body = text.split('\n', 1)[1] if '\n' in text else ''
    if code_only:
        # What a command prints need not end with a line break.
        return re.findall(r'\[exit \d+\]\s*$', body)
    for rule, replacement in RULES:
        body = rule.sub(replacement, body)
    return [line.rstrip() for line in body.splitlines()]


def option(name):
    return sys.argv[sys.argv.index(name) + 1].split(',') if name in sys.argv else []


def main():
    expected, actual = sys.argv[1:3]
    code_only, skipped = option('--codes-only'), option('--skip')
    same = different = 0
    for name in sorted(f for f in os.listdir(expected) if f.endswith('.txt')):
        number = name[:2]
        if number in skipped:
            continue
        there = os.path.join(actual, name)
        codes = number in code_only or 'all' in code_only
        want = lines(os.path.join(expected, name), codes)
        got = lines(there, codes) if os.path.exists(there) else ['(not played)']
        if want == got:
            same += 1
            continue
        different += 1
        print(f'--- {name}')
        for line in want:
            if line not in got:
                print('  expected ' + line[:300])
        for line in got:
            if line not in want:
                print('  got      ' + line[:300])
    print(f'{same} flows agree, {different} differ')
    return 1 if different else 0


sys.exit(main())
