"""Owns a name on the session's bus and emits ActiveChanged(true or false) for each line of stdin: "1" or "0"."""
import ctypes
import sys

dbus = ctypes.CDLL("libdbus-1.so.3")
dbus.dbus_bus_get.restype = ctypes.c_void_p
dbus.dbus_message_new_signal.restype = ctypes.c_void_p
name, path = sys.argv[1].encode(), sys.argv[2].encode()
connection = ctypes.c_void_p(dbus.dbus_bus_get(0, None))
owned = dbus.dbus_bus_request_name(connection, name, 4, None)
print("owned" if owned == 1 else "refused", flush=True)
for line in sys.stdin:
    message = ctypes.c_void_p(dbus.dbus_message_new_signal(path, name, b"ActiveChanged"))
    places = ctypes.create_string_buffer(256)
    dbus.dbus_message_iter_init_append(message, places)
    value = ctypes.c_uint32(int(line))
    dbus.dbus_message_iter_append_basic(places, ord("b"), ctypes.byref(value))
    dbus.dbus_connection_send(connection, message, None)
    dbus.dbus_connection_flush(connection)
