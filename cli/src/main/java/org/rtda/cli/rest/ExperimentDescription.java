package org.rtda.cli.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What people call an experiment and say of it. In a change an absent component stays as it is, and an empty one is removed.
 *
 * @param tags all of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExperimentDescription(String name, String notes, List<String> tags) {}
