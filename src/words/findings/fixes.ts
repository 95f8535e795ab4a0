import type { FixTitle } from '../../manifest';
import type { Translate } from '../../shared/localize';

/** What a fix does, as the title of a quick fix. */
export function wordFix(title: FixTitle, t: Translate): string {
  switch (title.kind) {
    case 'rename-key':
      return t('Rename {from} to {to}', { from: title.from, to: title.to });
    case 'add-key':
      return title.value === ''
        ? t('Add {key}', { key: title.key })
        : t('Add {key}', { key: `${title.key}: ${title.value}` });
    case 'add-keys':
      return t('Add {key}', { key: title.keys.join(', ') });
    case 'remove-key':
      return t('Remove {key}', { key: title.key });
    case 'wrap-consumes':
      return t('Move the list below consumes');
    case 'wrap-names':
      return t('Put it under a name key');
    case 'wrap-key':
      return t('Put it under {key}', { key: title.key });
    case 'make-list':
      return t('Make it a list');
    case 'add-name':
      return t('Add a name');
    case 'add-scope':
      return t('Consume {scope} here too', { scope: title.scope });
    case 'add-host':
      return t('Open {host}', { host: title.host });
    case 'add-consumer':
      return t('Add {orgno} to the consumers', { orgno: title.orgno });
    case 'remove-characters':
      return t('Change to {result}', { result: title.result });
    case 'split-scopes':
      return t('Split into {count} items', { count: title.count });
    case 'add-prefix':
      return t('Change to {result}', { result: title.result });
    case 'replace':
      return t('Replace with {result}', { result: title.result });
    case 'remove-duplicate':
    case 'remove-item':
      return t('Remove this item');
    case 'join-braces':
      return t('Join the braces');
  }
}
