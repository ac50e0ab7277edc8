using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Applications.Data.Providers.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class PoolPages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "HasOpenMeasure",
                table: "experts",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "IdentityKey",
                table: "experts",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RecommendedBy",
                table: "experts",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "RecommenderId",
                table: "experts",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Secrets",
                table: "experts",
                type: "text",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.CreateTable(
                name: "expert_files",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ExpertId = table.Column<Guid>(type: "uuid", nullable: false),
                    FileName = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    ContentType = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    AddedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    AddedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_expert_files", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_experts_IdentityKey",
                table: "experts",
                column: "IdentityKey");

            migrationBuilder.CreateIndex(
                name: "IX_experts_RecommenderId",
                table: "experts",
                column: "RecommenderId");

            migrationBuilder.CreateIndex(
                name: "IX_expert_files_ExpertId",
                table: "expert_files",
                column: "ExpertId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "expert_files");

            migrationBuilder.DropIndex(
                name: "IX_experts_IdentityKey",
                table: "experts");

            migrationBuilder.DropIndex(
                name: "IX_experts_RecommenderId",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "HasOpenMeasure",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "IdentityKey",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "RecommendedBy",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "RecommenderId",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "Secrets",
                table: "experts");
        }
    }
}
