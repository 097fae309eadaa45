/** Asks our own API in JSON; every refusal becomes one kind of error, with the problem's name in it. */
import { texts } from "../texts";

export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    readonly detail: string,
  ) {
    super(detail);
  }

  /** Nothing was decided: the very same may work in a moment. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  get words(): string {
    return texts.problems[this.error] ?? (this.detail || texts.problem.unknown);
  }
}

export async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const headers = { accept: "application/json", ...init.headers };
  const answer = await reached(fetch(path, { ...init, headers, cache: "no-store" }));
  if (!answer.ok) throw await problem(answer);
  return answer.status === 204 ? (undefined as T) : answer.json();
}

export function post<T>(path: string, body: object = {}): Promise<T> {
  const headers = { "content-type": "application/json" };
  return ask<T>(path, { method: "POST", body: JSON.stringify(body), headers });
}

/** What to tell the person, whatever was thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof ProblemError ? error.words : texts.problem.unknown;
}

async function reached(answer: Promise<Response>): Promise<Response> {
  try {
    return await answer;
  } catch {
    throw new ProblemError(0, "UnreachableError", texts.problem.unreachable);
  }
}

async function problem(answer: Response): Promise<ProblemError> {
  const said: { error?: string; detail?: string } = await answer.json().catch(() => ({}));
  return new ProblemError(answer.status, said.error ?? "", said.detail ?? "");
}
