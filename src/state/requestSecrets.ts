import type * as vscode from 'vscode';
import { referenceIn } from '../http/sensitive';
import type { HeaderFields } from '../maskinporten/transport';
import type { Log } from '../platform/log';

const PREFIX = 'requestHeader/';

/** Asks the user for the value of a header that is not known; undefined when they give up. */
export type AskForValue = (header: string, variable: string, host: string) => Promise<string | undefined>;

/**
 * The values of sensitive headers, in SecretStorage alone. Each belongs to one origin (RFC 6454): a file that somebody
 * else wrote may name any variable, and gets its value sent to no other host than the user gave it for.
 */
export class RequestSecrets {
  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly ask: AskForValue,
    private readonly log: Log,
  ) {}

  /** Keeps values for the host of the URL. Rejects where the secret store refuses. */
  async keep(url: string, values: readonly (readonly [variable: string, value: string])[]): Promise<void> {
    for (const [variable, value] of values) {
      const key = keyOf(url, variable);
      if (key !== undefined && (await this.secrets.get(key)) !== value) await this.secrets.store(key, value);
    }
  }

  /** Rejects where the secret store refuses. */
  async forget(url: string, variable: string): Promise<void> {
    const key = keyOf(url, variable);
    if (key !== undefined) await this.secrets.delete(key);
  }

  /**
   * The header fields with values in the place of references. What is not known is asked for and kept; undefined when
   * the user gives up.
   */
  async filled(url: string, headers: HeaderFields): Promise<HeaderFields | undefined> {
    const filled: (readonly [string, string])[] = [];
    for (const [name, value] of headers) {
      const variable = referenceIn(value);
      const known = variable === undefined ? value : await this.valueOf(url, name, variable);
      if (known === undefined) return undefined;
      filled.push([name, known]);
    }
    return filled;
  }

  private async valueOf(url: string, header: string, variable: string): Promise<string | undefined> {
    const key = keyOf(url, variable);
    if (key === undefined) return ''; // no URL: what is wrong with it is said when it is sent
    try {
      const known = await this.secrets.get(key);
      if (known !== undefined) return known;
    } catch (error) {
      this.log.error('The secret store could not be read.', error);
    }
    const value = await this.ask(header, variable, new URL(url).host);
    if (value === undefined) return undefined;
    try {
      await this.secrets.store(key, value);
    } catch (error) {
      this.log.error('The value of a header could not be kept: it is asked for again next time.', error);
    }
    return value;
  }
}

function keyOf(url: string, variable: string): string | undefined {
  return URL.canParse(url) ? `${PREFIX}${new URL(url).origin} ${variable}` : undefined;
}
