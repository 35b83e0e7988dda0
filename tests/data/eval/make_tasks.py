"""Small tasks in the bAbI format for the tests of the evaluation; all sentences are made up here.

  python3 tests/data/eval/make_tasks.py

qa1: who went where last. qa4: what lies in which direction. facts: who does what, born where (no task of bAbI).
"""
import pathlib
import random

FOLDER = pathlib.Path(__file__).parent / 'tasks'
QUESTIONS = 60
PEOPLE = 'Mary John Daniel Sandra Clara Hugo Nina Oscar'.split()
PLACES = 'bathroom bedroom garden hallway kitchen office'.split()
MOVES = ['went to', 'moved to', 'journeyed to', 'travelled to']
OPPOSITE = {'north': 'south', 'east': 'west', 'south': 'north', 'west': 'east'}
JOBS = 'baker doctor teacher sailor farmer painter'.split()
CITIES = 'Vienna Lisbon Prague Dublin Oslo Athens'.split()


def moves(r):
    """One story: two moves and a question, twice."""
    people = r.sample(PEOPLE, 3)
    last, lines = {}, []
    for _ in range(2):
        for _ in range(2):
            who = r.choice(people)
            where = r.choice([p for p in PLACES if p != (last.get(who) or ('',))[0]])
            lines.append(f'{who} {r.choice(MOVES)} the {where}.')
            last[who] = (where, len(lines))
        who = r.choice(sorted(last))
        lines.append(f'Where is {who}?\t{last[who][0]}\t{last[who][1]}')
    return lines


def directions(r):
    a, b, c = r.sample(PLACES, 3)
    way = r.choice(sorted(OPPOSITE))
    facts = [f'The {a} is {way} of the {b}.', f'The {b} is {way} of the {c}.']
    if r.random() < .5:
        facts.reverse()
    question = r.choice([(f'What is {way} of the {b}?', a), (f'What is the {b} {way} of?', c)])
    line = 1 + next(i for i, fact in enumerate(facts) if question[1] in fact)
    return facts + [f'{question[0]}\t{question[1]}\t{line}']


def plain(r):
    who = r.sample(PEOPLE, 3)
    facts = [f'{who[0]} works as a {r.choice(JOBS)}.', f'{who[1]} was born in {r.choice(CITIES)}.',
             f'{who[2]} works as a {r.choice(JOBS)}.']
    which = r.randrange(3)
    answer = facts[which].rstrip('.').split()[-1]
    question = f'Where was {who[1]} born?' if which == 1 else f'What is the profession of {who[which]}?'
    return facts + [f'{question}\t{answer}\t{which + 1}']


def write(name, story, seed):
    r, lines, questions = random.Random(seed), [], 0
    while questions < QUESTIONS:
        made = story(r)
        lines += [f'{i} {line}' for i, line in enumerate(made, 1)]
        questions += sum('\t' in line for line in made)
    (FOLDER / name).write_text('\n'.join(lines) + '\n')


FOLDER.mkdir(exist_ok=True)
write('qa1_who-went-where_test.txt', moves, 1)
write('qa4_directions_test.txt', directions, 4)
write('facts_test.txt', plain, 7)
