/**
 * Where an exposed name stands, by what came before. Capitals are the states in which a name may end.
 * `word` has one character, `Word` more; `Path` follows a slash, `part` and `Part` a colon, `Suffix` a dot.
 */
type State = 'start' | 'word' | 'Word' | 'slash' | 'Path' | 'colon' | 'part' | 'Part' | 'dot' | 'Suffix';

type Sign = 'letter' | '/' | ':' | '.';

const NEXT: Readonly<Record<State, Readonly<Partial<Record<Sign, State>>>>> = {
  start: { letter: 'word' },
  word: { letter: 'Word', '/': 'slash', ':': 'colon' },
  Word: { letter: 'Word', '/': 'slash', ':': 'colon', '.': 'dot' },
  slash: { letter: 'Path', ':': 'colon' },
  Path: { letter: 'Path', '/': 'slash', ':': 'colon', '.': 'dot' },
  colon: { letter: 'part' },
  part: { letter: 'Part', ':': 'colon' },
  Part: { letter: 'Part', ':': 'colon', '.': 'dot' },
  dot: { letter: 'Suffix' },
  Suffix: { letter: 'Suffix', '.': 'dot' },
};

const LETTER = /[a-zæøå0-9]/;

/**
 * Where `name` breaks the pattern of `exposes[].name` in the Nais CRD (nais/liberator, digdirator_types.go): the offset
 * of the first character that cannot stand there, or the name's length where it ends too early; nothing when it holds.
 * The CRD's own `^([a-zæøå0-9]+\/?)+(\:[a-zæøå0-9]+)*[a-zæøå0-9]+(\.[a-zæøå0-9]+)*$` takes exponential time here.
 */
export function exposedNameFault(name: string): number | undefined {
  let state: State = 'start';
  for (let at = 0; at < name.length; at++) {
    const sign = signOf(name.charAt(at));
    const next: State | undefined = sign && NEXT[state][sign];
    if (next === undefined) {
      return at;
    }
    state = next;
  }
  return /^[A-Z]/.test(state) ? undefined : name.length;
}

function signOf(character: string): Sign | undefined {
  return character === '/' || character === ':' || character === '.'
    ? character
    : LETTER.test(character)
      ? 'letter'
      : undefined;
}
