import type { ProxySettings } from './proxy';

/** The settings of VS Code's section `http` that say how to reach a proxy. */
export const PROXY_SETTINGS = ['proxy', 'noProxy', 'proxyStrictSSL', 'proxyAuthorization', 'proxySupport'] as const;
export type ProxySetting = (typeof PROXY_SETTINGS)[number];

/** What `WorkspaceConfiguration.inspect` tells of one setting. A settings file may hold a value of any type. */
export interface InspectedSetting {
  readonly defaultValue?: unknown;
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

/**
 * The proxy that the user, the machine or the environment names. What the workspace says is left out, trusted or not: a
 * repository that could name a proxy would see where every signed grant goes, and take the `Proxy-Authorization` that
 * belongs to another. A value of the wrong type counts as none.
 */
export function proxySettingsOf(
  inspect: (setting: ProxySetting) => InspectedSetting | undefined,
  environment: NonNullable<ProxySettings['environment']>,
): ProxySettings {
  const read = (setting: ProxySetting): unknown => {
    const levels = inspect(setting);
    return levels?.globalValue ?? levels?.defaultValue;
  };
  const noProxy = read('noProxy');
  return {
    off: read('proxySupport') === 'off',
    url: asString(read('proxy')),
    noProxy: Array.isArray(noProxy) ? noProxy.filter((entry) => typeof entry === 'string') : undefined,
    strictSsl: read('proxyStrictSSL') !== false,
    authorization: asString(read('proxyAuthorization')),
    environment,
  };
}

function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
