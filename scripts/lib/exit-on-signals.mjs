// For mocha's --require: ends the runner on a signal such that what it has started ends, too.
import { exitOnSignals } from './processes.mjs';

exitOnSignals();
