import { readdir, readFile, readlink } from 'node:fs/promises';
import { connect } from 'node:net';

/** A process that was started from here, and a TCP port that it listens on. */
export interface Listener {
  readonly pid: number;
  readonly command: string;
  readonly port: number;
}

const LISTEN = '0A';

/** Whether something answers on 127.0.0.1 at this port. */
export function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (open: boolean) => () => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', settle(true));
    socket.once('error', settle(false));
  });
}

/** Every port that this process's descendants listen on; undefined where the system does not tell (no /proc). */
export async function listenersBelow(ancestor: number): Promise<readonly Listener[] | undefined> {
  const sockets = await readFile('/proc/net/tcp', 'latin1').catch(() => undefined);
  if (sockets === undefined) return undefined;
  const ports = new Map</* inode */ string, number>();
  for (const line of sockets.split('\n').slice(1)) {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    if (state === LISTEN) ports.set(inode, parseInt(local.slice(local.indexOf(':') + 1), 16));
  }
  const found = (await descendantsOf(ancestor)).map((pid) => portsOf(pid, ports));
  return (await Promise.all(found)).flat();
}

async function portsOf(pid: number, ports: ReadonlyMap<string, number>): Promise<readonly Listener[]> {
  const folder = `/proc/${pid}/fd`;
  const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
  const links = (await readdir(folder).catch(() => [])).map((fd) => readlink(`${folder}/${fd}`).catch(() => ''));
  return (await Promise.all(links)).flatMap((link) => {
    const port = ports.get(/^socket:\[(\d+)\]$/.exec(link)?.[1] ?? '');
    return port === undefined ? [] : [{ pid, command, port }];
  });
}

async function descendantsOf(ancestor: number): Promise<readonly number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map<number, number>();
  for (const id of ids) {
    const stat = await readFile(`/proc/${id}/stat`, 'latin1').catch(() => ''); // it has just ended
    // The name in parentheses may hold anything, spaces and parentheses too.
    parents.set(id, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const isBelow = (id: number): boolean => {
    const parent = parents.get(id);
    return parent !== undefined && (parent === ancestor || (parent > 1 && isBelow(parent)));
  };
  return ids.filter(isBelow);
}
