import type { PhaseName, ResponseView } from '../shared/responseMessages';
import { wordMilliseconds } from '../shared/time';
import type { Words } from './connect';
import { el } from './dom';

/** How long each phase took and how much came: only what was measured. */
export function timing({ phases, totalMs, size, httpVersion }: ResponseView, { t }: Words): HTMLElement {
  const facts: [name: string, value: string, className: string][] = [
    [t('Total'), wordMilliseconds(totalMs, t), 'total'],
    ...phases.map(({ name, ms }): [string, string, string] => [phaseWords(name, t), wordMilliseconds(ms, t), name]),
    [t('Size'), size, 'size'],
    ...(httpVersion === undefined ? [] : [[t('Protocol'), httpVersion, 'protocol'] as [string, string, string]]),
  ];
  return el(
    'div',
    { class: 'timing' },
    bar(phases, totalMs),
    el(
      'dl',
      {},
      ...facts.map(([name, value, className]) =>
        el('div', { class: `fact fact-${className}` }, el('dt', {}, name), el('dd', {}, value)),
      ),
    ),
  );
}

/** The same as a picture; the numbers beside it say it to everyone. */
function bar(phases: ResponseView['phases'], totalMs: number): HTMLElement {
  const element = el('div', { class: 'bar', attrs: { 'aria-hidden': 'true' } });
  for (const { name, ms } of phases) {
    const part = el('span', { class: `phase phase-${name}` });
    part.style.flexGrow = String(totalMs > 0 ? ms / totalMs : 1);
    element.append(part);
  }
  return element;
}

function phaseWords(name: PhaseName, t: Words['t']): string {
  switch (name) {
    case 'lookup':
      return t('DNS lookup');
    case 'connect':
      return t('Connect');
    case 'tls':
      return t('TLS');
    case 'wait':
      return t('Waiting');
    case 'download':
      return t('Download');
  }
}
