/**
 * Runs a real openHAB as a process of its own, for the integration tests and the demo.
 */
package org.openhab.binding.monzo.openhab;
