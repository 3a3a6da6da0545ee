package dev.ephemera.cost;

import java.util.List;

/** What resources of one kind cost. */
interface CostRule {
    /** A line for each part that is paid for, also where its price is not known. */
    List<CostLine> lines(StackResource resource);
}
