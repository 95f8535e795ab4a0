import { ProblemError } from '../../maskinporten/problem';
import type { TexasLimit } from '../../maskinporten/problem';
import type { HeaderFields } from '../../maskinporten/transport';
import { checkRequest } from '../checkRequest';
import { curlCommand } from './curl';
import {
  exportedFields,
  hasHeader,
  TOKEN_VARIABLE,
  type Exported,
  type ExportedField,
  type ExportedToken,
} from './exported';
import { httpFile } from './httpFile';
import { powerShellCommand } from './powershell';
import { appCode, type AppRequest } from './texas';

/** The forms in which a request can be copied. */
export type CopyFormat =
  | 'curl'
  | 'powershell'
  | 'http-rest-client'
  | 'http-httpyac'
  | 'http-intellij'
  | 'texas-curl'
  | 'texas-kotlin'
  | 'texas-typescript';

/** A request as it was composed, and the token that goes along. */
export interface CopySource {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderFields;
  readonly body?: string | Uint8Array | undefined;
  /** What the token is asked for with; undefined where none goes along. */
  readonly grant: AppRequest['grant'] | undefined;
  /** What Texas cannot do, beyond what the grant shows: the credential signs with a certificate, say. */
  readonly beyondTexas?: TexasLimit | 'altinn-token' | undefined;
  /** The token itself, where it and all other secrets are to be in the text. */
  readonly accessToken?: string | undefined;
}

export type CopiedRequest =
  | {
      readonly ok: true;
      readonly text: string;
      /** What has to be in the environment of who runs it. */
      readonly variables: readonly string[];
    }
  | Extract<Exported, { readonly ok: false }>;

/**
 * Writes a request in another form. Throws the ProblemError that sending it would throw, where it could not be sent at
 * all; gives the fault of what the other client would send otherwise.
 */
export function copyOfRequest(format: CopyFormat, source: CopySource): CopiedRequest {
  const { method, url, grant, accessToken } = source;
  checkRequest({ step: 'api', method, url, headers: source.headers, maxBodyBytes: 0 });
  const headers = exportedFields(source.headers, accessToken !== undefined);
  if (grant && hasHeader(headers, 'authorization')) {
    const reason = 'authorization-beside-token';
    throw new ProblemError({ code: 'request/bad-header', step: 'api', sent: [], header: 'authorization', reason });
  }
  const exported = written(format, source, headers);
  if (!exported.ok) return exported;
  const isToken = grant !== undefined && accessToken === undefined && !format.startsWith('texas-');
  return { ...exported, variables: [...(isToken ? [TOKEN_VARIABLE] : []), ...variablesOf(headers)] };
}

function written(format: CopyFormat, source: CopySource, headers: readonly ExportedField[]): Exported {
  const { method, url, body, grant, beyondTexas } = source;
  const request = { method, url, headers, body, token: tokenOf(source) };
  switch (format) {
    case 'curl':
      return curlCommand(request);
    case 'powershell':
      return powerShellCommand(request);
    case 'http-rest-client':
      return httpFile(request, 'rest-client');
    case 'http-httpyac':
      return httpFile(request, 'httpyac');
    case 'http-intellij':
      return httpFile(request, 'intellij');
    case 'texas-curl':
    case 'texas-kotlin':
    case 'texas-typescript': {
      if (grant && beyondTexas !== undefined) return { ok: false, fault: beyondTexas };
      const language = ({ 'texas-curl': 'curl', 'texas-kotlin': 'kotlin', 'texas-typescript': 'typescript' } as const)[
        format
      ];
      return appCode({ request, grant: grant ?? { scopes: [] } }, language);
    }
  }
}

function tokenOf({ grant, accessToken }: CopySource): ExportedToken {
  if (accessToken !== undefined) return { kind: 'value', accessToken };
  return { kind: grant ? 'variable' : 'none' };
}

function variablesOf(headers: readonly ExportedField[]): readonly string[] {
  return [...new Set(headers.flatMap(([, value]) => (typeof value === 'string' ? [] : [value.variable])))];
}
