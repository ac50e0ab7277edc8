using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Applications.Data.Providers.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ListByBatch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_applications_BatchId_Stage_SubmittedAt_Id",
                table: "applications");

            migrationBuilder.CreateIndex(
                name: "IX_applications_BatchId_SubmittedAt_Id",
                table: "applications",
                columns: new[] { "BatchId", "SubmittedAt", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_applications_BatchId_SubmittedAt_Id",
                table: "applications");

            migrationBuilder.CreateIndex(
                name: "IX_applications_BatchId_Stage_SubmittedAt_Id",
                table: "applications",
                columns: new[] { "BatchId", "Stage", "SubmittedAt", "Id" });
        }
    }
}
