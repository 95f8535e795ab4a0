import { isDnsLabel, isDnsSubdomain } from './names';

/** Where Texas listens in a pod (nais/naiserator, pkg/resourcecreator/texas). */
export const TEXAS_PORT = 7164;

/** A program that puts its input on the clipboard of the machine on which the terminal runs. */
export type ClipboardTool = 'pbcopy' | 'clip' | 'clip.exe' | 'wl-copy' | 'xclip -selection clipboard';

/** A value that a command line is made from. */
export type CommandField = 'workload' | 'team' | 'environment' | 'secret' | 'reason' | 'port';

/** A line for a terminal, without a line break; or the value that may not stand in one. */
export type CommandLine =
  { readonly ok: true; readonly line: string } | { readonly ok: false; readonly field: CommandField };

export interface PortForward {
  /** An Application: a Naisjob's pod has no Deployment, and is rarely there when it is wanted. */
  readonly workload: string;
  /** The namespace. */
  readonly team: string;
  /** The port on this machine; Texas's own where it is free. */
  readonly localPort?: number | undefined;
}

export interface SecretReading {
  readonly secret: string;
  /** Undefined where the Nais CLI's own default is to be used. */
  readonly team?: string | undefined;
  /** As Nais names it: `dev-gcp`. */
  readonly environment: string;
  /** For the audit log of Nais, which wants ten characters or more. */
  readonly reason?: string | undefined;
}

const DEFAULT_REASON = 'Test Maskinporten access from a development machine';

/** Plain enough to stand between double quotes in every shell: nothing that a shell could expand or end them with. */
const REASON = /^[\p{L}\p{N}][\p{L}\p{N} .,:/#-]{8,198}[\p{L}\p{N}.]$/u;

/** The clipboard program of a machine. Windows's own serves its Linux (WSL) too; Wayland and X11 differ. */
export function clipboardTool(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): ClipboardTool {
  if (platform === 'darwin') return 'pbcopy';
  if (platform === 'win32') return 'clip';
  if (env['WSL_DISTRO_NAME'] !== undefined) return 'clip.exe';
  return env['WAYLAND_DISPLAY'] !== undefined ? 'wl-copy' : 'xclip -selection clipboard';
}

/**
 * Makes the Texas of a pod reachable on this machine. No key leaves the cluster. Names that are not RFC 1123's are
 * refused, since a manifest may say anything and terminals run whatever stands before a line break.
 */
export function portForwardCommand({ workload, team, localPort = TEXAS_PORT }: PortForward): CommandLine {
  if (!isDnsLabel(workload)) return { ok: false, field: 'workload' };
  if (!isDnsLabel(team)) return { ok: false, field: 'team' };
  if (!Number.isInteger(localPort) || localPort < 1 || localPort > 65_535) return { ok: false, field: 'port' };
  return { ok: true, line: `kubectl port-forward -n ${team} deploy/${workload} ${localPort}:${TEXAS_PORT}` };
}

/**
 * Reads a workload's Secret with the Nais CLI, which logs who did and why (Nais's page "Get a platform secret").
 * Piped to the clipboard, because terminals keep what is printed.
 */
export function readSecretCommand(
  { secret, team, environment, reason = DEFAULT_REASON }: SecretReading,
  tool: ClipboardTool,
): CommandLine {
  if (!isDnsSubdomain(secret)) return { ok: false, field: 'secret' };
  if (team !== undefined && !isDnsLabel(team)) return { ok: false, field: 'team' };
  if (!isDnsLabel(environment)) return { ok: false, field: 'environment' };
  if (!REASON.test(reason)) return { ok: false, field: 'reason' };
  const where = `${team === undefined ? '' : `--team ${team} `}--environment ${environment}`;
  const read = `nais secret get ${secret} ${where} --with-values --reason "${reason}" --output json`;
  return { ok: true, line: `${read} | ${tool}` };
}

/** A file whose key can be read only with its password, which is not asked for here. */
export type LockedFile = 'pkcs12' | 'encrypted-pem';

/**
 * Unlocks the key in a file, whose name the user fills in, and puts it on the clipboard: neither the disk nor the
 * terminal gets to see it. `-nodes` is understood by every OpenSSL and by macOS's LibreSSL.
 */
export function unlockCommand(file: LockedFile, tool: ClipboardTool): string {
  const open = { pkcs12: 'openssl pkcs12 -in client.p12 -nocerts -nodes', 'encrypted-pem': 'openssl pkey -in key.pem' };
  return `${open[file]} | ${tool}`;
}

export interface ServiceForward {
  /** The Service, which Nais names as the app. */
  readonly application: string;
  readonly namespace: string;
  /** That of the Service. */
  readonly port: number;
  readonly localPort: number;
}

/** Makes a Service of the cluster reachable on this machine. Names that are not RFC 1123's are refused. */
export function serviceForwardCommand({ application, namespace, port, localPort }: ServiceForward): CommandLine {
  if (!isDnsLabel(application)) return { ok: false, field: 'workload' };
  if (!isDnsLabel(namespace)) return { ok: false, field: 'team' };
  if (![port, localPort].every((each) => Number.isInteger(each) && each >= 1 && each <= 65_535)) {
    return { ok: false, field: 'port' };
  }
  return { ok: true, line: `kubectl port-forward -n ${namespace} svc/${application} ${localPort}:${port}` };
}
