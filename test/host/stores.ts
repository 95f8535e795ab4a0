import * as vscode from 'vscode';

/** Stands in for VS Code's stores, so that each can be made to fail and the order of writes be seen. */
export class Stores {
  readonly writes: string[] = [];
  readonly indexValues = new Map<string, unknown>();
  refuse: 'nothing' | 'store' | 'get' | 'delete' = 'nothing';
  private readonly secretChanged = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();

  /** `secretValues` may be those of another window. */
  constructor(
    readonly secretValues = new Map<string, string>(),
    private readonly canEnumerate = true,
  ) {}

  get secrets(): vscode.SecretStorage {
    const locked = <T>() => Promise.reject<T>(new Error('locked'));
    const secrets = {
      onDidChange: this.secretChanged.event,
      get: (key: string) => (this.refuse === 'get' ? locked() : Promise.resolve(this.secretValues.get(key))),
      store: (key: string, value: string) => {
        if (this.refuse === 'store') return locked();
        this.writes.push('secret');
        this.secretValues.set(key, value);
        this.tell(key);
        return Promise.resolve();
      },
      delete: (key: string) => {
        if (this.refuse === 'delete') return locked();
        this.writes.push('secret deleted');
        this.secretValues.delete(key);
        this.tell(key);
        return Promise.resolve();
      },
      ...(this.canEnumerate && { keys: () => Promise.resolve([...this.secretValues.keys()]) }),
    };
    return secrets as vscode.SecretStorage;
  }

  /** VS Code's signal, as every window gets it. */
  tell(key: string): void {
    this.secretChanged.fire({ key });
  }

  readonly index = {
    keys: () => [...this.indexValues.keys()],
    get: (key: string, fallback?: unknown) => this.indexValues.get(key) ?? fallback,
    update: (key: string, value: unknown) => {
      this.writes.push('index');
      this.indexValues.set(key, structuredClone(value));
      return Promise.resolve();
    },
  } as vscode.Memento;
}
