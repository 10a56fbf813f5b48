import { documentedGroups } from '../cloudApi/samples';
import { ACCOUNT } from './model';

/** The groups of the number at first. */
export const sampleGroups = documentedGroups(ACCOUNT.phone);
