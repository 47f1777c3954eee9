package dev.kubepki.api.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/// Of volumes and what they come from.
final class StorageColumns {
    private static final Map<String, String> ACCESS_MODES =
            Map.of("ReadWriteOnce", "RWO", "ReadOnlyMany", "ROX", "ReadWriteMany", "RWX", "ReadWriteOncePod", "RWOP");
    private static final Column STORAGE_CLASS =
            Column.of("StorageClass", "Where the volume comes from.", Cells.text("spec.storageClassName"));
    private static final Column ATTRIBUTES_CLASS = Column.of(
            "VolumeAttributesClass",
            "What qualities the volume has.",
            Cells.text("spec.volumeAttributesClassName", Cells.UNSET));
    private static final Column MODE =
            Column.wide("VolumeMode", "Filesystem or Block.", Cells.text("spec.volumeMode", Cells.UNSET));

    static final Map<String, List<Column>> ALL = Map.of(
            "persistentvolumes",
            List.of(
                    Column.named(),
                    Column.of("Capacity", "Its size.", Cells.text("spec.capacity.storage")),
                    modes("spec.accessModes"),
                    Column.of(
                            "Reclaim Policy",
                            "What becomes of it after use.",
                            Cells.text("spec.persistentVolumeReclaimPolicy")),
                    phase(),
                    Column.of("Claim", "Who uses it.", Cells.from(StorageColumns::claim)),
                    STORAGE_CLASS,
                    ATTRIBUTES_CLASS,
                    Column.of("Reason", "Why it is in that state.", Cells.text("status.reason")),
                    Column.aged(),
                    MODE),
            "persistentvolumeclaims",
            List.of(
                    Column.named(),
                    phase(),
                    Column.of("Volume", "What was given to it.", Cells.text("spec.volumeName")),
                    Column.of("Capacity", "The volume's size.", Cells.text("status.capacity.storage")),
                    modes("status.accessModes"),
                    STORAGE_CLASS,
                    ATTRIBUTES_CLASS,
                    Column.aged(),
                    MODE),
            "storageclasses.storage.k8s.io",
            List.of(
                    Column.named(),
                    Column.of("Provisioner", "Who makes the volumes.", Cells.text("provisioner")),
                    Column.of(
                            "ReclaimPolicy",
                            "What becomes of volumes after use.",
                            Cells.text("reclaimPolicy", "Delete")),
                    Column.of(
                            "VolumeBindingMode",
                            "When volumes are made.",
                            Cells.text("volumeBindingMode", "Immediate")),
                    new Column(
                            "AllowVolumeExpansion",
                            "boolean",
                            "",
                            0,
                            "Whether volumes may grow.",
                            (object, now) -> BooleanNode.valueOf(
                                    Cells.at(object, "allowVolumeExpansion").asBoolean(false))),
                    Column.aged()),
            "volumeattributesclasses.storage.k8s.io",
            List.of(
                    Column.named(),
                    Column.of("DriverName", "Which driver knows the qualities.", Cells.text("driverName")),
                    Column.aged()),
            "volumeattachments.storage.k8s.io",
            List.of(
                    Column.named(),
                    Column.of("Attacher", "Who attaches it.", Cells.text("spec.attacher")),
                    Column.of("PV", "Which volume.", Cells.text("spec.source.persistentVolumeName")),
                    Column.of("Node", "To which node.", Cells.text("spec.nodeName")),
                    Column.of(
                            "Attached",
                            "Whether it is attached.",
                            Cells.from(object -> Boolean.toString(
                                    Cells.at(object, "status.attached").asBoolean(false)))),
                    Column.aged()),
            "csinodes.storage.k8s.io",
            List.of(
                    Column.named(),
                    Column.number("Drivers", "How many drivers it has.", Cells.count("spec.drivers")),
                    Column.aged()));

    private StorageColumns() {}

    private static Column phase() {
        return Column.of(
                "Status",
                "Whether it is in use.",
                Cells.from(object ->
                        Cells.string(object, "metadata.deletionTimestamp").isEmpty()
                                ? Cells.string(object, "status.phase")
                                : "Terminating"));
    }

    private static Column modes(String path) {
        return Column.of("Access Modes", "How many may mount it, and how.", Cells.from(object -> {
            List<String> modes = new ArrayList<>();
            Cells.strings(object, path).forEach(mode -> modes.add(ACCESS_MODES.getOrDefault(mode, mode)));
            return String.join(",", modes);
        }));
    }

    private static String claim(JsonNode volume) {
        JsonNode claim = Cells.at(volume, "spec.claimRef");
        return claim.isObject() ? Cells.string(claim, "namespace") + "/" + Cells.string(claim, "name") : "";
    }
}
