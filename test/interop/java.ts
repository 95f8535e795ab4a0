import { javaObstacle } from '../../scripts/lib/mock-oauth2-server.mjs';
import { skipSince } from '../skip';

/** Resolving the class path from an empty repository, over a slow line, and starting a JVM. */
export const JAVA_LIMIT_MS = 6 * 60_000;

/** Leaves a suite out where Java or Maven is missing, and says so: the rest runs anywhere. For a `before` hook. */
export async function skipWithoutJava(context: Mocha.Context): Promise<void> {
  const obstacle = await javaObstacle();
  if (obstacle !== undefined) skipSince(obstacle, context);
}
